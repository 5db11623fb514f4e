package org.skep.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bell;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Target;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Lets what an account writes wait a while before any network hears of it. The operation is in the
 * own log and the views at once; that its faces are due is a row, and the transaction that writes
 * them takes the row away, so that a node which stops in between goes on where it was. What goes
 * out is what the post says by then; what was deleted by then never does. What one account wrote
 * goes out in the order in which it was written.
 */
final class HoldBack implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HoldBack.class.getName());
  private static final String SETTING = "hold_back.seconds";
  private static final long MILLIS = 1_000;

  /** After it was due and could not go out. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private static final Duration PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private final Store store;
  private final Vault vault;
  private final Aliases aliases;
  private final Composer composer;
  private final Faces faces;
  private final Clock clock;
  private final int secondsByDefault;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final Bell changed;
  private final HeldWaits waits;

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
    this.waits = new HeldWaits(clock);
    this.secondsByDefault = secondsByDefault;
    this.scope = ground.tasks().scope("hold-back");
    this.changed = new Bell(clock);
    this.announcements = store.subscribe(this::hear);
  }

  /** Lets go of what is due from now on. */
  void begin() {
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

  /**
   * Whether faces of the intent have to wait: posts and letters do, and what answers such or comes
   * behind such.
   */
  boolean holds(Tx tx, AccountId account, Intent intent) {
    return isWritten(intent)
        && (seconds(tx, account) > 0
            || lastDue(tx, account).isPresent()
            || dueOfParent(tx, intent).isPresent());
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

  private static Optional<Long> lastDue(Tx tx, AccountId account) {
    return tx.first(
        row -> row.number(0),
        "SELECT due_ms FROM held WHERE account = ? ORDER BY due_ms DESC LIMIT 1",
        account.value());
  }

  /**
   * Lets the operation's faces wait, unless no network could take part now.
   *
   * @return what would become of it now
   */
  Faces.Outcome hold(Tx tx, AccountId account, Intent intent, Ref operation) {
    Optional<Long> dueOfParent = dueOfParent(tx, intent);
    Faces.Outcome outcome = tryOut(tx, account, intent, operation);
    if (!outcome.reachesNobody()) {
      long now = clock.wallMillis();
      long due = now + seconds(tx, account) * MILLIS;
      for (Optional<Long> other : List.of(dueOfParent, lastDue(tx, account))) {
        due = Math.max(due, Math.min(other.orElse(due), latest(now)));
      }
      tx.run(
          "INSERT INTO held (operation, account, due_ms, trouble) VALUES (?, ?, ?, '')",
          aliases.number(tx, operation),
          account.value(),
          due);
      tx.announce(new Announcement.HeldChanged());
    }
    return outcome;
  }

  /**
   * What would become now of something held that was said anew in this transaction.
   *
   * @return empty when it is not held
   */
  Optional<Faces.Outcome> tryAnew(Tx tx, AccountId account, Target post) {
    return post.names().stream()
        .map(name -> aliases.number(tx, name))
        .filter(operation -> isHeld(tx, operation))
        .findFirst()
        .map(operation ->
            composer
                .asItStands(tx, account, operation)
                .map(intent -> tryOut(tx, account, intent, aliases.name(tx, operation)))
                .orElse(Faces.Outcome.NONE_ASKED));
  }

  /** What answers something held is tried as if it answered nothing: networks don't know that. */
  private Faces.Outcome tryOut(Tx tx, AccountId account, Intent intent, Ref operation) {
    return faces.tryOut(
        tx, account, dueOfParent(tx, intent).isPresent() ? alone(intent) : intent, operation);
  }

  private static Intent alone(Intent intent) {
    return switch (intent) {
      case Intent.Post post ->
          new Intent.Post(
              post.audience(),
              post.text(),
              Optional.empty(),
              post.contentWarning(),
              post.mentions(),
              post.attachments());
      case Intent.Letter letter ->
          new Intent.Letter(
              letter.readers(),
              letter.text(),
              Optional.empty(),
              letter.contentWarning(),
              letter.mentions());
      default -> intent;
    };
  }

  private static boolean isHeld(Tx tx, long operation) {
    return tx.number("SELECT 1 FROM held WHERE operation = ?", operation).isPresent();
  }

  private static long latest(long now) {
    return now + Actions.HOLD_BACK_SECONDS_MAX * MILLIS;
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
        // Another of the account's is the first now.
        tx.announce(new Announcement.HeldChanged());
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
    if (announcement instanceof Announcement.HeldChanged) {
      changed.ring();
    }
  }

  private void work() throws InterruptedException {
    Duration pause = PAUSE_MIN;
    while (true) {
      try {
        Optional<HeldWaits.Wait> next = waits.first(store.read(this::held));
        if (next.filter(wait -> !wait.left(clock).isPositive()).isPresent()) {
          release(next.get().held());
        } else {
          await(next);
        }
        pause = PAUSE_MIN;
      } catch (RuntimeException e) {
        // The rows stay, and nothing of them is half done.
        if (pause.equals(PAUSE_MIN) && !(e instanceof DiskException)) {
          LOG.log(
              System.Logger.Level.ERROR,
              "what is held back could not be looked at; it is tried again",
              e);
        }
        clock.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      }
    }
  }

  private List<HeldWaits.Held> held(Tx tx) {
    return tx.all(
        row -> {
          AccountId account = new AccountId(row.number(1));
          return new HeldWaits.Held(
              row.number(0), account, row.text(2), row.number(3), seconds(tx, account));
        },
        "SELECT operation, account, trouble, due_ms FROM held ORDER BY operation");
  }

  private void await(Optional<HeldWaits.Wait> next) throws InterruptedException {
    if (next.isPresent()) {
      changed.await(next.get().left(clock));
    } else {
      changed.await();
    }
  }

  /** What can't be written for a fault of ours keeps nobody else's waiting. */
  private void release(HeldWaits.Held held) {
    try {
      store.write(Lane.OWN, tx -> release(tx, held));
    } catch (DiskException e) {
      // No fault of the post: it stays first, and goes out when there is room.
      throw e;
    } catch (Refusal e) {
      store.write(Lane.OWN, tx -> putOff(tx, held, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      if (!held.trouble().equals(OUR_FAULT)) {
        LOG.log(
            System.Logger.Level.ERROR, "what was held back could not go out; it is tried again", e);
      }
      store.write(Lane.OWN, tx -> putOff(tx, held, OUR_FAULT));
    }
  }

  private static final String OUR_FAULT = "Something went wrong here; it is tried again.";

  private int release(Tx tx, HeldWaits.Held held) {
    if (!isHeld(tx, held.operation())) {
      return 0;
    }
    if (isOut(tx, held.operation())) {
      return letGo(tx, held);
    }
    Ref operation = aliases.name(tx, held.operation());
    Optional<Intent> intent = composer.asItStands(tx, held.account(), held.operation());
    if (intent.flatMap(one -> dueOfParent(tx, one)).isPresent()) {
      return putOff(tx, held, "What it answers has not gone out yet.");
    }
    Faces.Outcome outcome =
        intent
            .map(one -> faces.write(tx, held.account(), one, operation))
            .orElse(Faces.Outcome.NONE_ASKED);
    return outcome.reachesNobody()
        ? putOff(tx, held, String.join(" ", outcome.notDone().values()))
        : letGo(tx, held);
  }

  /**
   * Whether others have a face of it already: a backup was put back, in which it was still held,
   * and what went out since has come back from friends.
   */
  private static boolean isOut(Tx tx, long operation) {
    return tx.number(
            "SELECT 1 FROM {posts.face} f JOIN {posts.face} o ON o.post = f.post"
                + " JOIN alias a ON a.number = o.alias WHERE f.alias = ? AND a.network <> ? LIMIT 1",
            operation,
            NetworkId.HOME.name())
        .isPresent();
  }

  private static int letGo(Tx tx, HeldWaits.Held held) {
    return tx.run("DELETE FROM held WHERE operation = ?", held.operation());
  }

  private int putOff(Tx tx, HeldWaits.Held held, String trouble) {
    long again = clock.wallMillis() + AGAIN.toMillis();
    tx.run("UPDATE held SET trouble = ? WHERE operation = ?", trouble, held.operation());
    List<Long> later =
        tx.all(
            row -> row.number(0),
            "SELECT operation FROM held WHERE operation = ? OR (account = ? AND due_ms < ?)",
            held.operation(),
            held.account().value(),
            again);
    for (long operation : later) {
      tx.run("UPDATE held SET due_ms = ? WHERE operation = ?", again, operation);
      Posts.named(tx, operation)
          .ifPresent(post -> tx.announce(new Announcement.PostChanged(new PostId(post))));
    }
    return later.size();
  }

  @Override
  public void close() {
    announcements.close();
    scope.close();
  }
}
