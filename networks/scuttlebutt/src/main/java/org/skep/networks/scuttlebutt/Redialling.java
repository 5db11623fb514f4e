package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.time.Duration;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bell;
import org.skep.kernel.Connection;
import org.skep.kernel.DiskException;
import org.skep.kernel.PeerException;

/** Keeps one account connected to one address: dials, and dials again when the line ends. */
final class Redialling {
  private static final System.Logger LOG = System.getLogger(Redialling.class.getName());
  private static final Duration DIAL_MAX = Duration.ofSeconds(10);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  /** Who hangs up sooner, and without a goodbye, is not called back at once. */
  private static final Duration GOOD_SESSION_MIN = Duration.ofMinutes(1);

  private final ScuttlebuttProtocol.Ground ground;
  private final Greeter greeter;
  private final Sessions sessions;
  private final AccountId account;
  private final MultiserverAddress address;
  private final Bell nudge;
  private volatile String words = "about to connect";

  Redialling(
      ScuttlebuttProtocol.Ground ground,
      Greeter greeter,
      Sessions sessions,
      AccountId account,
      MultiserverAddress address) {
    this.ground = ground;
    this.greeter = greeter;
    this.sessions = sessions;
    this.account = account;
    this.address = address;
    this.nudge = new Bell(ground.clock());
  }

  AccountId account() {
    return account;
  }

  MultiserverAddress address() {
    return address;
  }

  Sessions.Pair pair() {
    return new Sessions.Pair(account, address.peer());
  }

  /** How it goes, as a part of a sentence. */
  String words() {
    return words;
  }

  /** Tries again at once instead of after the pause. */
  void nudge() {
    nudge.ring();
  }

  /** Until it is interrupted. */
  void run() throws InterruptedException {
    Duration pause = PAUSE_MIN;
    while (true) {
      boolean met = !sessions.connected(pair()) && dialOrReport();
      pause = met ? PAUSE_MIN : longer(pause);
      pause(pause);
    }
  }

  /** A failure of ours must not end the dialling for good. */
  private boolean dialOrReport() throws InterruptedException {
    try {
      return dial();
    } catch (DiskException e) {
      say("this computer's disk takes nothing; trying again");
      return false;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "dialling failed by a fault of this program", e);
      say("something went wrong in this program; trying again");
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
  }

  /** Between a half and the whole of the pause, so that not everybody comes back at once. */
  private void pause(Duration atMost) throws InterruptedException {
    double share = 0.5 + ground.randomness().fraction() / 2;
    nudge.await(Duration.ofNanos((long) (atMost.toNanos() * share)));
  }

  /** Whether the peer was met and it went well. */
  private boolean dial() throws InterruptedException {
    VaultIdentity ours = VaultIdentity.of(ground.store(), ground.vault(), account).orElse(null);
    if (ours == null || !PeerSession.admitted(ground, ours, address.peer())) {
      say("not dialled, because this person is blocked");
      return false;
    }
    say("connecting");
    try (Connection connection = ground.transport().dial(address.place(), DIAL_MAX)) {
      return meet(connection, ours);
    } catch (IOException e) {
      say("nobody answers there now; trying again");
      return false;
    }
  }

  private boolean meet(Connection connection, VaultIdentity ours) throws InterruptedException {
    PeerSession session;
    try {
      session = greeter.call(connection, ours, address.peer());
    } catch (PeerException e) {
      say("somebody answers, but " + e.getMessage() + "; trying again");
      return false;
    }
    say("connected");
    long begun = ground.clock().monotonicNanos();
    try {
      sessions.run(pair(), session);
      say("the other side said goodbye; trying again");
      return true;
    } catch (PeerException e) {
      say("the connection ended: " + e.getMessage() + "; trying again");
      return ground.clock().monotonicNanos() - begun >= GOOD_SESSION_MIN.toNanos();
    }
  }

  private void say(String now) {
    words = now;
  }
}
