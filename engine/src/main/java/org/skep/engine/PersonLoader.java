package org.skep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.Hash;
import org.skep.kernel.Network;
import org.skep.kernel.PersonId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/** Puts people together from the views, within one transaction and each only once. */
final class PersonLoader {
  private final Tx tx;
  private final Aliases aliases;
  private final Map<PersonId, PersonView> loaded = new HashMap<>();

  PersonLoader(Tx tx, Aliases aliases) {
    this.tx = tx;
    this.aliases = aliases;
  }

  PersonId personOf(long identity) {
    return new PersonId(
        tx.number("SELECT person FROM {people.person} WHERE identity = ?", identity)
            .orElse(identity));
  }

  /** The person now known by a number that may be from before she was merged. */
  PersonId current(PersonId person) {
    return personOf(person.value());
  }

  /** Every identity of the person; one that nobody mentioned yet stands alone. */
  List<Long> identities(PersonId person) {
    List<Long> known =
        tx.all(
            row -> row.number(0),
            "SELECT identity FROM {people.person} WHERE person = ? ORDER BY identity",
            current(person).value());
    return known.isEmpty()
            && tx.number("SELECT 1 FROM alias WHERE number = ?", person.value()).isPresent()
        ? List.of(person.value())
        : known;
  }

  /** Whether anybody has this number: not a record or a post, and not nothing. */
  boolean isPerson(PersonId person, List<Network> networks) {
    if (isThing(person.value())) {
      return false;
    }
    if (tx.number("SELECT 1 FROM {people.person} WHERE identity = ?", person.value()).isPresent()) {
      return true;
    }
    if (tx.number("SELECT 1 FROM alias WHERE number = ?", person.value()).isEmpty()) {
      return false;
    }
    Ref name = aliases.name(tx, person.value());
    return networks.stream()
        .filter(network -> network.id().equals(name.network()))
        .anyMatch(network -> network.parsePerson(name.id()).equals(Optional.of(name)));
  }

  /** Some networks write names of people and of records alike; a name of a record is nobody's. */
  private boolean isThing(long number) {
    return tx.number("SELECT 1 FROM fact WHERE alias = ?", number)
        .or(() -> tx.number("SELECT 1 FROM {posts.face} WHERE alias = ?", number))
        .isPresent();
  }

  PersonView load(PersonId asked) {
    PersonId person = current(asked);
    PersonView known = loaded.get(person);
    if (known != null) {
      return known;
    }
    List<Long> identities = identities(person);
    PersonView fresh =
        new PersonView(
            person,
            newest(person, ProfileField.NAME).orElse(""),
            newest(person, ProfileField.DESCRIPTION).orElse(""),
            newest(person, ProfileField.PICTURE).flatMap(Hash::ofHex),
            identities.stream().map(identity -> aliases.name(tx, identity)).toList(),
            identities.stream().anyMatch(this::isOwn),
            seenMillis(person));
    loaded.put(person, fresh);
    return fresh;
  }

  private long seenMillis(PersonId person) {
    return tx.number("SELECT min(seen_ms) FROM {people.person} WHERE person = ?", person.value())
        .orElse(0L);
  }

  private Optional<String> newest(PersonId person, ProfileField field) {
    return tx.first(
        row -> row.text(0),
        "SELECT value FROM {people.profile} WHERE field = ? AND (identity = ? OR identity IN"
            + " (SELECT identity FROM {people.person} WHERE person = ?))"
            + " ORDER BY news DESC, seq DESC LIMIT 1",
        field.name(),
        person.value(),
        person.value());
  }

  private boolean isOwn(long identity) {
    return tx.number("SELECT 1 FROM account_identity WHERE identity = ?", identity).isPresent();
  }
}
