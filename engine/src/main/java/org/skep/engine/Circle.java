package org.skep.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.kernel.AccountId;
import org.skep.kernel.FollowState;
import org.skep.kernel.Tx;

/**
 * How an account stands to others, as alias numbers of identities: which are its own, which it
 * follows, which it blocks. What is said of one identity of a person is said of all that were known
 * to be hers at that time; a person is blocked as long as one of hers is, so that no later merging
 * undoes a block.
 */
record Circle(AccountId account, Set<Long> own, Set<Long> followed, Set<Long> blocked) {

  static Circle of(Tx tx, AccountId account) {
    return of(tx, account, List.of(FollowState.values()));
  }

  /** Whom the account blocks, at the price of whom it ever blocked and not of whom it follows. */
  static Set<Long> blocked(Tx tx, AccountId account) {
    return of(tx, account, List.of(FollowState.BLOCKING)).blocked();
  }

  /** The account's own identities. */
  static Set<Long> own(Tx tx, AccountId account) {
    return new HashSet<>(
        tx.all(
            row -> row.number(0),
            "SELECT identity FROM account_identity WHERE account = ?",
            account.value()));
  }

  /**
   * @param states only people are looked at of whom one of these was said
   */
  private static Circle of(Tx tx, AccountId account, List<FollowState> states) {
    String wanted =
        states.stream()
            .map(state -> "\"" + state + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    Map<Long, List<Identity>> persons =
        tx
            .all(
                row -> new Identity(row.number(0), row.number(1), row.number(2)),
                "SELECT identity, person, ifnull(merged_seq, first_seq) FROM {people.person}"
                    + " WHERE person IN"
                    + " (SELECT p.person FROM account_identity o CROSS JOIN {relations.relation} r"
                    + " ON r.author = o.identity JOIN {people.person} p ON p.identity = r.person"
                    + " WHERE o.account = ? AND r.state IN (SELECT value FROM json_each(?)))",
                account.value(),
                wanted)
            .stream()
            .collect(Collectors.groupingBy(Identity::person));
    Set<Long> own = own(tx, account);
    if (persons.isEmpty()) {
      return new Circle(account, own, Set.of(), Set.of());
    }
    List<Said> said =
        tx.all(
            row ->
                new Said(
                    account,
                    row.number(0),
                    FollowState.valueOf(row.text(1)),
                    row.number(2),
                    row.number(3) != 0),
            "SELECT r.person, r.state, r.seq, r.news FROM account_identity o"
                + " CROSS JOIN {relations.relation} r ON r.author = o.identity"
                + " WHERE o.account = ? AND r.person IN (SELECT value FROM json_each(?))",
            account.value(),
            Numbers.json(
                persons.values().stream().flatMap(List::stream).map(Identity::number).toList()));
    Set<Long> followed = new HashSet<>();
    Set<Long> blocked = new HashSet<>();
    Map<Long, List<Said>> saidOf = said.stream().collect(Collectors.groupingBy(Said::identity));
    for (List<Identity> person : persons.values()) {
      switch (state(person, saidOf)) {
        case FOLLOWING -> person.forEach(identity -> followed.add(identity.number()));
        case BLOCKING -> person.forEach(identity -> blocked.add(identity.number()));
        case NONE -> {}
      }
    }
    followed.removeAll(own);
    blocked.removeAll(own);
    return new Circle(account, own, followed, blocked);
  }

  /**
   * One identity of a person.
   *
   * @param since the fact that made it hers; the same for all of one person's, because a merging
   *     sets it anew
   */
  private record Identity(long number, long person, long since) {}

  /**
   * The latest word of one of an account's identities about an identity.
   *
   * @param news whether it was said since, or belongs to a past that was fetched
   */
  private record Said(AccountId account, long identity, FollowState state, long seq, boolean news) {
    /** An old log fetched late does not overrule what was said since in another. */
    static final Comparator<Said> BY_TIME =
        Comparator.comparing(Said::news).thenComparingLong(Said::seq);
  }

  private static FollowState state(List<Identity> person, Map<Long, List<Said>> saidOf) {
    List<Said> said =
        person.stream()
            .flatMap(identity -> saidOf.getOrDefault(identity.number(), List.of()).stream())
            .sorted(Said.BY_TIME)
            .toList();
    Map<Long, FollowState> states = new HashMap<>();
    for (Said word : said) {
      for (Identity identity : person) {
        if (identity.number() == word.identity() || identity.since() < word.seq()) {
          states.put(identity.number(), word.state());
        }
      }
    }
    Collection<FollowState> all = states.values();
    if (all.contains(FollowState.BLOCKING)) {
      return FollowState.BLOCKING;
    }
    return all.contains(FollowState.FOLLOWING) ? FollowState.FOLLOWING : FollowState.NONE;
  }

  /** The account and those it follows: whose posts it reads, and whose pictures it keeps. */
  Set<Long> near() {
    Set<Long> near = new HashSet<>(followed);
    near.addAll(own);
    return near;
  }
}
