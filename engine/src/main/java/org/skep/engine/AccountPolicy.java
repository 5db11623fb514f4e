package org.skep.engine;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Policy;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/** Decides by what the account itself said: whom it follows and blocks, and how far it reaches. */
public final class AccountPolicy implements Policy {
  private static final Decision ALLOWED = new Decision.Allowed();

  /**
   * CROSS JOIN, because SQLite knows nothing of how long the list is: left to itself it may walk
   * through every name of the network, and through the list for each of them.
   */
  static final String NAMES =
      "SELECT a.foreign_id FROM json_each(?) j CROSS JOIN alias a ON a.number = j.value"
          + " WHERE a.network = ? ORDER BY j.key";

  private final Aliases aliases;
  private final Reach reach;

  public AccountPolicy(Aliases aliases, Vault vault) {
    this.aliases = aliases;
    this.reach = new Reach(aliases, vault);
  }

  @Override
  public Decision may(Tx tx, AccountId account, Ref who, Deed deed) {
    Set<Long> blocked = Circle.blocked(tx, account);
    Optional<Long> identity = aliases.find(tx, who);
    if (identity.filter(blocked::contains).isPresent()) {
      return new Decision.Refused("this person is blocked");
    }
    return switch (deed) {
      case CONNECT, RECEIVE -> ALLOWED;
    };
  }

  @Override
  public Set<Ref> wanted(Tx tx, AccountId account, NetworkId network) {
    return names(tx, reach.of(tx, account), network);
  }

  @Override
  public boolean isWanted(Tx tx, AccountId account, Ref author) {
    return reach.asking(tx).isWanted(account, author);
  }

  @Override
  public Set<Ref> blockersOf(Tx tx, Ref who) {
    return aliases
        .find(tx, who)
        .map(identity -> names(tx, Reach.blockers(tx, Set.of(identity)), who.network()))
        .orElse(Set.of());
  }

  /** In the order of the identities; one question for all, because they may be thousands. */
  private static Set<Ref> names(Tx tx, Set<Long> identities, NetworkId network) {
    return new LinkedHashSet<>(
        tx.all(
            row -> new Ref(network, row.text(0)), NAMES, Numbers.json(identities), network.name()));
  }
}
