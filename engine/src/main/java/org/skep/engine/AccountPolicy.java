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
  public Set<Ref> blockersOf(Tx tx, Ref who) {
    return aliases
        .find(tx, who)
        .map(identity -> names(tx, Reach.blockers(tx, Set.of(identity)), who.network()))
        .orElse(Set.of());
  }

  private Set<Ref> names(Tx tx, Set<Long> identities, NetworkId network) {
    Set<Ref> names = new LinkedHashSet<>();
    for (long identity : identities) {
      Ref name = aliases.name(tx, identity);
      if (name.network().equals(network)) {
        names.add(name);
      }
    }
    return names;
  }
}
