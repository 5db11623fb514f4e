package org.skep.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Clock;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Target;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Lets what an account writes wait a while before any network hears of it. The operation is in the
 * own log and the views at once; that its faces are due is a row, and the transaction that writes
 * them takes the row away, so that a node which stops in between goes on where it was. What goes
 * out is what the post says by then; what was deleted by then never does.
 */
final class HoldBack implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HoldBack.class.getName());
  private static final String SETTING = "hold_back.seconds";
  private static final long MILLIS = 1_000;

  /** After a fault, and where a network can't take part for now. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** The wall clock may jump meanwhile, so that it is looked at now and then. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Store store;
  private final Vault vault;
  private final Aliases aliases;
  private final Composer composer;
  private final Faces faces;
  private final Clock clock;
  private final int secondsByDefault;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean somethingIsNew = true;

  /**
   * @param secondsByDefault for accounts that chose nothing
   */
  HoldBack(Engine.Ground ground, Composer composer, Faces faces, int secondsByDefault) {
    this.store = ground.store();
    this.vault = ground.vault();
    this.aliases = ground.aliases();
    this.composer = composer;
    this.faces = faces;
    this.clock = ground.clock();
    this.secondsByDefault = secondsByDefault;
    this.scope = ground.tasks().scope("hold-back");
    this.announcements = store.subscribe(this::hear);
    scope.fork("due", this::work);
  }

  int seconds(Tx tx, AccountId account) {
    return vault.setting(tx, account, SETTING).map(Integer::parseInt).orElse(secondsByDefault);
  }

  /**
   * @throws Refusal when it is not 0 to {@link Actions#HOLD_BACK_SECONDS_MAX}
   */
  void setSeconds(Tx tx, AccountId account, int seconds) {
    if (seconds < 0 || seconds > Actions.HOLD_BACK_SECONDS_MAX) {
      throw new Refusal(
          "what is written can wait from 0 to " + Actions.HOLD_BACK_SECONDS_MAX + " seconds");
    }
    vault.set(tx, account, SETTING, Integer.toString(seconds));
  }

  /** Whether faces of the intent have to wait: posts and letters do, and what answers such. */
  boolean holds(Tx tx, AccountId account, Intent intent) {
    return isWritten(intent) && (seconds(tx, account) > 0 || dueOfParent(tx, intent).isPresent());
  }

  private static boolean isWritten(Intent intent) {
    return intent instanceof Intent.Post || intent instanceof Intent.Letter;
  }

  private Optional<Long> dueOfParent(Tx tx, Intent intent) {
    Optional<Intent.Reply> reply =
        switch (intent) {
          case Intent.Post post -> post.reply();
          case Intent.Letter letter -> letter.reply();
          default -> Optional.empty();
        };
    return reply.flatMap(answered -> due(tx, answered.parent()));
  }

  private Optional<Long> due(Tx tx, Target post) {
    return post.names().stream()
        .flatMap(name ->
            tx
                .number("SELECT due_ms FROM held WHERE operation = ?", aliases.number(tx, name))
                .stream())
        .findFirst();
  }

  /**
   * Lets the operation's faces wait, unless no network could take part now.
   *
   * @return what would become of it now
   */
  Faces.Outcome hold(Tx tx, AccountId account, Intent intent, Ref operation) {
    Optional<Long> dueOfParent = dueOfParent(tx, intent);
    // An answer to what is held can't be tried out: networks don't know yet what it answers.
    Faces.Outcome outcome =
        dueOfParent.isPresent()
            ? Faces.Outcome.NONE_ASKED
            : faces.tryOut(tx, account, intent, operation);
    if (!outcome.reachesNobody()) {
      long due = clock.wallMillis() + seconds(tx, account) * MILLIS;
      tx.run(
          "INSERT INTO held (operation, account, due_ms, trouble) VALUES (?, ?, ?, '')",
          aliases.number(tx, operation),
          account.value(),
          dueOfParent.map(parent -> Math.max(parent, due)).orElse(due));
      tx.announce(new Announcement.PostHeld());
    }
    return outcome;
  }

  /**
   * Lets go of what is deleted before it went out.
   *
   * @throws Refusal when the intent says something to others of a post that they don't have yet
   */
  void heed(Tx tx, Intent intent) {
    switch (intent) {
      case Intent.Delete delete -> {
        for (Ref name : delete.post().names()) {
          tx.run("DELETE FROM held WHERE operation = ?", aliases.number(tx, name));
        }
      }
      case Intent.React react -> refuseHeld(tx, react.post());
      case Intent.Boost boost -> refuseHeld(tx, boost.post());
      case Intent.Post _,
          Intent.Letter _,
          Intent.Edit _,
          Intent.Relate _,
          Intent.Describe _,
          Intent.DeclareFace _,
          Intent.ReadUpTo _,
          Intent.Bookmark _ -> {}
    }
  }

  private void refuseHeld(Tx tx, Target post) {
    if (due(tx, post).isPresent()) {
      throw new Refusal("this has not gone out yet; wait until it has");
    }
  }

  private void hear(Announcement announcement) {
    if (announcement instanceof Announcement.PostHeld) {
      lock.lock();
      try {
        somethingIsNew = true;
        called.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      try {
        boolean waiting = store.read(tx -> tx.number("SELECT min(due_ms) FROM held")).isPresent();
        if (waiting && isDue()) {
          store.write(Lane.OWN, this::releaseNext);
        } else {
          await(waiting);
        }
      } catch (StoreException e) {
        // The rows stay, and nothing of them is half done.
        LOG.log(System.Logger.Level.ERROR, "what was held back could not go out", e);
        clock.sleep(AGAIN);
      }
    }
  }

  private boolean isDue() {
    return store.read(tx -> next(tx).isPresent());
  }

  private void await(boolean somethingWaits) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!somethingIsNew) {
        if (!somethingWaits) {
          called.await();
        } else if (!clock.await(called, LOOK_AGAIN)) {
          return;
        }
      }
      somethingIsNew = false;
    } finally {
      lock.unlock();
    }
  }

  private record Held(long operation, AccountId account) {}

  /** The next that is due. A clock that was set back must not keep anything for years. */
  private Optional<Held> next(Tx tx) {
    long now = clock.wallMillis();
    return tx.first(
        row -> new Held(row.number(0), new AccountId(row.number(1))),
        "SELECT operation, account FROM held WHERE due_ms <= ? OR due_ms > ?"
            + " ORDER BY due_ms, operation LIMIT 1",
        now,
        now + Actions.HOLD_BACK_SECONDS_MAX * MILLIS);
  }

  private boolean releaseNext(Tx tx) {
    Optional<Held> next = next(tx);
    next.ifPresent(held -> release(tx, held));
    return next.isPresent();
  }

  private void release(Tx tx, Held held) {
    Ref operation = aliases.name(tx, held.operation());
    Optional<Intent> intent = composer.asItStands(tx, held.account(), held.operation());
    Faces.Outcome outcome =
        intent
            .map(one -> faces.write(tx, held.account(), one, operation))
            .orElse(Faces.Outcome.NONE_ASKED);
    if (outcome.reachesNobody()) {
      tx.run(
          "UPDATE held SET due_ms = ?, trouble = ? WHERE operation = ?",
          clock.wallMillis() + AGAIN.toMillis(),
          String.join(" ", outcome.notDone().values()),
          held.operation());
    } else {
      tx.run("DELETE FROM held WHERE operation = ?", held.operation());
    }
  }

  @Override
  public void close() {
    announcements.close();
    scope.close();
  }
}
