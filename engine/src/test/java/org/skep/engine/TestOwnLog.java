package org.skep.engine;

import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Intent;
import org.skep.kernel.OwnLog;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/** An own log in the form of a {@link TestNetwork}; private operations need their content key. */
final class TestOwnLog implements OwnLog {
  private final TestNetwork home;

  TestOwnLog(TestNetwork home) {
    this.home = home;
  }

  @Override
  public Authored.Written write(Tx tx, AccountId account, Intent intent) {
    Optional<Bytes> key =
        switch (intent.audience()) {
          case ANYBODY -> Optional.empty();
          case READERS, MYSELF -> Optional.of(Bytes.ofUtf8("opens it"));
        };
    return home.write(tx, account, intent, Optional.empty(), key);
  }

  @Override
  public Optional<Ref> author(Tx tx, AccountId account) {
    return home.identity(tx, account);
  }
}
