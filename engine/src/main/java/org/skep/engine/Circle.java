package org.skep.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.FollowState;
import org.skep.kernel.Tx;

/**
 * How an account stands to others, as alias numbers of identities: which are its own, which it
 * follows, which it blocks. Following or blocking one identity of a person means all of hers.
 */
record Circle(Set<Long> own, Set<Long> followed, Set<Long> blocked) {

  static Circle of(Tx tx, AccountId account) {
    Set<Long> own =
        new HashSet<>(
            tx.all(
                row -> row.number(0),
                "SELECT identity FROM account_identity WHERE account = ?",
                account.value()));
    Map<Long, FollowState> latest = new HashMap<>();
    tx.all(
            row -> Map.entry(row.number(0), FollowState.valueOf(row.text(1))),
            "SELECT p.person, r.state FROM {relations.relation} r"
                + " JOIN account_identity o ON o.identity = r.author AND o.account = ?"
                + " JOIN {people.person} p ON p.identity = r.person ORDER BY r.seq",
            account.value())
        .forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
    return new Circle(
        own,
        identities(tx, latest, FollowState.FOLLOWING, own),
        identities(tx, latest, FollowState.BLOCKING, own));
  }

  private static Set<Long> identities(
      Tx tx, Map<Long, FollowState> latest, FollowState state, Set<Long> own) {
    Set<Long> identities = new HashSet<>();
    latest.forEach((person, stands) -> {
      if (stands == state) {
        identities.addAll(
            tx.all(
                row -> row.number(0),
                "SELECT identity FROM {people.person} WHERE person = ?",
                person));
      }
    });
    identities.removeAll(own);
    return identities;
  }

  /** Whose posts the account wants to have. */
  Set<Long> wanted() {
    Set<Long> wanted = new HashSet<>(followed);
    wanted.addAll(own);
    return wanted;
  }
}
