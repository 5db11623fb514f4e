package org.skep.api;

import java.util.List;
import java.util.Optional;
import org.skep.engine.PersonView;
import org.skep.engine.Reader;

/**
 * Gives the people of this node names that are different: of two whose names look alike, whoever
 * was here first has the bare one, and the other one with a piece of her key. That one always leads
 * to her, also where she has the bare one. Any thread.
 */
final class Household {
  private final NodeControl node;
  private final Reader reader;

  Household(NodeControl node, Reader reader) {
    this.node = node;
    this.reader = reader;
  }

  /** What anybody is called towards clients. */
  String acct(PersonView person) {
    if (!person.own()) {
      return Names.acct(person);
    }
    String bare = Names.acct(person);
    return named(bare).filter(first -> first.id().equals(person.id())).isPresent()
        ? bare
        : Names.ownAcct(person);
  }

  /** Whom of the people here an acct means. */
  Optional<PersonView> named(String acct) {
    List<PersonView> people = node.people().keySet().stream().map(reader::self).toList();
    return people.stream()
        .filter(person -> Names.acct(person).equals(acct))
        .findFirst()
        .or(() -> people.stream().filter(person -> Names.ownAcct(person).equals(acct)).findFirst());
  }
}
