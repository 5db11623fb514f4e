package org.skep.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Policy;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/** Decides by what the account itself said: it wants whom it follows, and not whom it blocks. */
public final class AccountPolicy implements Policy {
  private static final Decision ALLOWED = new Decision.Allowed();

  private final Aliases aliases;

  public AccountPolicy(Aliases aliases) {
    this.aliases = aliases;
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
    Set<Ref> wanted = new HashSet<>();
    for (long identity : Circle.of(tx, account).wanted()) {
      Ref name = aliases.name(tx, identity);
      if (name.network().equals(network)) {
        wanted.add(name);
      }
    }
    return wanted;
  }
}
