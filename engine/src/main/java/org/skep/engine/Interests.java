package org.skep.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * Announces that an account may want other authors than before: when it said so itself, on whatever
 * road that came, when somebody it follows says whom she follows or blocks, when anybody blocks it,
 * and when somebody it follows or blocks turns out to have a further identity.
 */
final class Interests {
  private final Aliases aliases;

  Interests(Aliases aliases) {
    this.aliases = aliases;
  }

  void announceChanges(Tx tx, List<DomainEvent> events) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    for (DomainEvent event : events) {
      switch (event) {
        case DomainEvent.Related related -> {
          accounts.addAll(owners(tx, related.author()));
          accounts.addAll(owners(tx, related.person()));
          accounts.addAll(concerned(tx, related.author()));
          if (related.isPublic() && related.state() == FollowState.BLOCKING) {
            // What she writes is not given to whom she blocks, by anybody here.
            accounts.addAll(everybody(tx));
          }
        }
        case DomainEvent.FaceDeclared declared -> {
          accounts.addAll(concerned(tx, declared.author()));
          accounts.addAll(concerned(tx, declared.identity()));
        }
        case DomainEvent.PostPublished published -> {}
        case DomainEvent.Sealed sealed -> {}
        case DomainEvent.PersonDescribed described -> {}
        case DomainEvent.Reacted reacted -> {}
        case DomainEvent.Boosted boosted -> {}
        case DomainEvent.Edited edited -> {}
        case DomainEvent.Deleted deleted -> {}
        case DomainEvent.ReadUpTo read -> {}
        case DomainEvent.Bookmarked bookmarked -> {}
      }
    }
    accounts.forEach(account -> tx.announce(new Announcement.InterestsChanged(account)));
  }

  private static List<AccountId> everybody(Tx tx) {
    return tx.all(
        row -> new AccountId(row.number(0)),
        "SELECT DISTINCT account FROM account_identity ORDER BY account");
  }

  private List<AccountId> owners(Tx tx, Ref identity) {
    return tx.all(
        row -> new AccountId(row.number(0)),
        "SELECT account FROM account_identity WHERE identity = ?",
        aliases.number(tx, identity));
  }

  /** The accounts that ever said how they stand to the identity. */
  private List<AccountId> concerned(Tx tx, Ref identity) {
    return tx.all(
        row -> new AccountId(row.number(0)),
        "SELECT DISTINCT o.account FROM account_identity o JOIN {relations.relation} r"
            + " ON r.author = o.identity AND r.person = ? ORDER BY o.account",
        aliases.number(tx, identity));
  }
}
