package org.skep.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.FollowState;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Answers how people stand to each other, as far as is known here. Whom an account blocks does not
 * count for it.
 */
public final class PeopleReader {
  private static final int FOUND_MAX = 8;

  private final Store store;
  private final Aliases aliases;

  public PeopleReader(Store store, Aliases aliases) {
    this.store = store;
    this.aliases = aliases;
  }

  /**
   * How much of a person is known here.
   *
   * @param followers how many people follow her
   * @param following how many she follows
   * @param posts how many of hers that anybody may read are here
   */
  public record Counts(long followers, long following, long posts) {}

  public Counts counts(AccountId viewer, PersonId person) {
    return store.read(tx -> {
      String theirs = Numbers.json(new PersonLoader(tx, aliases).identities(person));
      Set<PersonId> hidden = blocked(tx, viewer);
      String own = Numbers.json(Circle.own(tx, viewer));
      long posts =
          tx.number(
                  "SELECT count(*) FROM {posts.post} WHERE sealed = 0"
                      + " AND author IN (SELECT value FROM json_each(?))",
                  theirs)
              .orElse(0L);
      return new Counts(
          followers(tx, person, theirs, own, hidden).size(),
          followed(tx, person, theirs, own, hidden).size(),
          posts);
    });
  }

  /** The first place at which two different entries of her log are known; empty when all agree. */
  public Optional<Long> forkedAt(PersonId person) {
    return store.read(tx ->
        Forks.parting(tx, new PersonLoader(tx, aliases).identities(person))
            .map(Forks.Parting::place));
  }

  /** Whom a person follows. */
  public Set<PersonId> following(AccountId viewer, PersonId person) {
    return store.read(tx ->
        followed(
            tx,
            person,
            Numbers.json(new PersonLoader(tx, aliases).identities(person)),
            Numbers.json(Circle.own(tx, viewer)),
            blocked(tx, viewer)));
  }

  /**
   * People by the beginning of their id on a network.
   *
   * @param prefix compared byte by byte
   */
  public List<PersonView> startingWith(NetworkId network, String prefix) {
    return store.read(tx -> {
      PersonLoader loader = new PersonLoader(tx, aliases);
      List<Long> met = startingWith(tx, PEOPLE_MET, network, prefix);
      return (met.isEmpty() ? startingWith(tx, NAMES, network, prefix) : met)
          .stream().map(loader::personOf).distinct().map(loader::load).toList();
    });
  }

  /** Numbers of whoever wrote something or was named in it. */
  private static final String PEOPLE_MET =
      "SELECT a.number FROM {people.person} h CROSS JOIN alias a ON a.number = h.identity";

  /** All numbers: also of somebody who was only asked for. No index has names by their text. */
  private static final String NAMES = "SELECT a.number FROM alias a";

  private static List<Long> startingWith(Tx tx, String among, NetworkId network, String prefix) {
    return tx.all(
        row -> row.number(0),
        among
            + " WHERE a.network = ? AND a.foreign_id >= ? AND a.foreign_id < ?"
            + " ORDER BY a.number LIMIT ?",
        network.name(),
        prefix,
        prefix + Character.MAX_VALUE,
        FOUND_MAX);
  }

  private static Set<PersonId> followed(
      Tx tx, PersonId self, String theirs, String own, Set<PersonId> hidden) {
    return following(
        tx,
        self,
        hidden,
        "SELECT p.person, r.state FROM {relations.relation} r"
            + " JOIN {people.person} p ON p.identity = r.person"
            + " WHERE r.author IN (SELECT value FROM json_each(?))"
            + HEARD,
        theirs,
        own);
  }

  private static Set<PersonId> followers(
      Tx tx, PersonId self, String theirs, String own, Set<PersonId> hidden) {
    return following(
        tx,
        self,
        hidden,
        "SELECT p.person, r.state FROM {relations.relation} r"
            + " JOIN {people.person} p ON p.identity = r.author"
            + " WHERE r.person IN (SELECT value FROM json_each(?))"
            + HEARD,
        theirs,
        own);
  }

  /** What others said for themselves alone does not count for anybody else. */
  private static final String HEARD =
      " AND (r.public = 1 OR r.author IN (SELECT value FROM json_each(?))) ORDER BY r.seq";

  /** The people in the answer whose latest state is following. */
  private static Set<PersonId> following(
      Tx tx, PersonId self, Set<PersonId> hidden, String sql, String theirs, String own) {
    Map<PersonId, FollowState> latest = new HashMap<>();
    tx.all(
            row -> Map.entry(new PersonId(row.number(0)), FollowState.valueOf(row.text(1))),
            sql,
            theirs,
            own)
        .forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
    Set<PersonId> following = new HashSet<>();
    latest.forEach((person, state) -> {
      if (state == FollowState.FOLLOWING && !person.equals(self) && !hidden.contains(person)) {
        following.add(person);
      }
    });
    return following;
  }

  private Set<PersonId> blocked(Tx tx, AccountId viewer) {
    PersonLoader loader = new PersonLoader(tx, aliases);
    return Circle.blocked(tx, viewer).stream().map(loader::personOf).collect(Collectors.toSet());
  }
}
