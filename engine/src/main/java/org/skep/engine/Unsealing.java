package org.skep.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Tries the keys of every account on what is sealed, once on each fact: the key that opens one is
 * kept beside it, and it is read into the views; up to which fact all were tried is kept, too, so
 * that what was sealed for others costs nothing again. An account that is new finds what came
 * before it. The trying is arithmetic, done outside of transactions.
 */
final class Unsealing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Unsealing.class.getName());
  private static final int SLICE_FACTS_MAX = 50;

  /** So many trials in vain may be made again after a restart; each mark costs a sync. */
  private static final int UNMARKED_MAX = 1_000;

  private final Store store;
  private final Facts facts;
  private final Vault vault;
  private final Clock clock;
  private final Tasks tasks;
  private final List<Network> networks;
  private final Projections projections;
  private final Recorder recorder;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean somethingIsNew = true;
  private boolean resting;

  /** How far each account's keys were tried, and how many facts ago that was written down. */
  private final Map<AccountId, Tried> tried = new HashMap<>();

  private record Tried(long upToSeq, int unmarked) {}

  Unsealing(
      Store store,
      Facts facts,
      Vault vault,
      Clock clock,
      Tasks tasks,
      List<Network> networks,
      Projections projections,
      Recorder recorder) {
    this.store = store;
    this.facts = facts;
    this.vault = vault;
    this.clock = clock;
    this.tasks = tasks;
    this.networks = List.copyOf(networks);
    this.projections = projections;
    this.recorder = recorder;
    this.scope = tasks.scope("unsealing");
    this.announcements = store.subscribe(this::hear);
    scope.fork("letters", this::work);
  }

  /** An account that came into being announces what it is interested in. */
  private void hear(Announcement announcement) {
    if (announcement instanceof Announcement.SealedKept
        || announcement instanceof Announcement.InterestsChanged) {
      call();
    }
  }

  private void call() {
    lock.lock();
    try {
      somethingIsNew = true;
      called.signal();
    } finally {
      lock.unlock();
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      awaitCall();
      try {
        for (AccountId account : accounts()) {
          openAll(account);
        }
      } catch (DiskException full) {
        call();
        clock.sleep(StoreInbox.DISK_PAUSE);
      } catch (StoreException e) {
        // Nothing is lost: the mark stays where it was, and the next call tries again.
        LOG.log(System.Logger.Level.ERROR, "what is sealed could not be looked at", e);
      }
    }
  }

  private void awaitCall() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!somethingIsNew) {
        resting = true;
        called.await();
      }
      somethingIsNew = false;
      resting = false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is left to be tried. */
  boolean isResting() {
    lock.lock();
    try {
      return resting && !somethingIsNew;
    } finally {
      lock.unlock();
    }
  }

  private List<AccountId> accounts() {
    return store.read(tx -> vault.accounts(tx).stream().map(Vault.Account::id).toList());
  }

  private void openAll(AccountId account) throws InterruptedException {
    Slice slice = store.read(tx -> slice(tx, account));
    while (!slice.seqs().isEmpty()) {
      List<Optional<Bytes>> keys = tasks.compute(trials(slice));
      List<Opened> opened = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        Fact fact = slice.facts().get(i);
        keys.get(i).ifPresent(key -> opened.add(new Opened(fact, key)));
      }
      keep(account, opened);
      passed(account, slice.seqs(), !opened.isEmpty());
      slice = store.read(tx -> slice(tx, account));
    }
  }

  /**
   * Sealed facts on which the account's keys were not tried.
   *
   * @param seqs where they stand, also those that were let go of
   * @param openers its keys
   */
  private record Slice(List<Long> seqs, List<Fact> facts, List<Network.Opener> openers) {}

  private Slice slice(Tx tx, AccountId account) {
    List<Long> untried =
        tx.all(
            row -> row.number(0),
            "SELECT seq FROM {sealed.fact} WHERE seq > ? ORDER BY seq LIMIT ?",
            upTo(tx, account),
            SLICE_FACTS_MAX);
    return new Slice(
        untried,
        untried.stream().flatMap(seq -> facts.at(tx, seq).stream()).toList(),
        networks.stream().flatMap(network -> network.opener(tx, account).stream()).toList());
  }

  private long upTo(Tx tx, AccountId account) {
    Tried known = tried.get(account);
    return known != null
        ? known.upToSeq()
        : tx.number("SELECT local_seq FROM unsealed WHERE account = ?", account.value()).orElse(0L);
  }

  private static List<Callable<Optional<Bytes>>> trials(Slice slice) {
    List<Callable<Optional<Bytes>>> trials = new ArrayList<>();
    for (Fact fact : slice.facts()) {
      trials.add(
          () -> slice.openers().stream().flatMap(one -> one.contentKey(fact).stream()).findFirst());
    }
    return trials;
  }

  private record Opened(Fact fact, Bytes key) {}

  /**
   * In one transaction; where one of them is a fault of ours that somebody found, it falls alone.
   */
  private void keep(AccountId account, List<Opened> opened) throws InterruptedException {
    if (opened.isEmpty()) {
      return;
    }
    try {
      projections.alone(() ->
          store.write(
              Lane.LETTERS,
              tx -> {
                opened.forEach(one -> recorder.opened(tx, account, one.fact(), one.key()));
                return opened.size();
              }));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      if (opened.size() == 1) {
        LOG.log(System.Logger.Level.ERROR, "something sealed could not be taken in", e);
        return;
      }
      int half = opened.size() / 2;
      keep(account, opened.subList(0, half));
      keep(account, opened.subList(half, opened.size()));
    }
  }

  /**
   * @param marking whether it is written down at once how far the account's keys were tried
   */
  private void passed(AccountId account, List<Long> seqs, boolean marking) {
    long last = seqs.getLast();
    Tried before = tried.get(account);
    int unmarked = (before == null ? 0 : before.unmarked()) + seqs.size();
    boolean marked = marking || unmarked >= UNMARKED_MAX;
    if (marked) {
      store.write(
          Lane.LETTERS,
          tx ->
              tx.run(
                  "INSERT INTO unsealed (account, local_seq) VALUES (?, ?)"
                      + " ON CONFLICT (account) DO UPDATE SET local_seq = excluded.local_seq",
                  account.value(),
                  last));
    }
    tried.put(account, new Tried(last, marked ? 0 : unmarked));
  }

  @Override
  public void close() {
    announcements.close();
    scope.close();
  }
}
