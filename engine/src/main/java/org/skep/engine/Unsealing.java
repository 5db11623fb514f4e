package org.skep.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bell;
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

  /** So many trials in vain may be made again after a crash; each mark costs a sync. */
  private static final int UNMARKED_MAX = 1_000;

  /** After so many failures over one fact the others are not kept waiting by it any more. */
  private static final int FAILURES_MAX = 3;

  private static final Duration PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private final Store store;
  private final Facts facts;
  private final Vault vault;
  private final Clock clock;
  private final Tasks tasks;
  private final List<Network> networks;
  private final Recorder recorder;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final Bell called;

  /**
   * How far each account's keys were tried, and how many facts ago that was written down. The one
   * thread's that tries, and its closer's afterwards.
   */
  private final Map<AccountId, Tried> tried = new HashMap<>();

  private record Tried(long upToSeq, int unmarked) {}

  /** Whether something was passed over by a fault of ours, or the store's. */
  private volatile boolean isSomethingUntried;

  /** How often the store failed over a fact, by its place. */
  private final Map<Long, Integer> failures = new HashMap<>();

  Unsealing(
      Store store,
      Facts facts,
      Vault vault,
      Clock clock,
      Tasks tasks,
      List<Network> networks,
      Recorder recorder) {
    this.store = store;
    this.facts = facts;
    this.vault = vault;
    this.clock = clock;
    this.tasks = tasks;
    this.networks = List.copyOf(networks);
    this.recorder = recorder;
    this.scope = tasks.scope("unsealing");
    this.called = new Bell(clock);
    called.ring();
    this.announcements = store.subscribe(this::hear);
    scope.fork("letters", this::work);
  }

  /** An account that came into being announces what it is interested in. */
  private void hear(Announcement announcement) {
    if (announcement instanceof Announcement.SealedKept
        || announcement instanceof Announcement.InterestsChanged) {
      called.ring();
    }
  }

  private void work() throws InterruptedException {
    Duration pause = PAUSE_MIN;
    while (true) {
      called.await();
      List<RuntimeException> faults = openAll();
      if (faults.isEmpty()) {
        failures.clear();
        pause = PAUSE_MIN;
        continue;
      }
      // A full disk is said where the owner looks, and is no fault of what is sealed.
      if (pause.equals(PAUSE_MIN) && !(faults.getFirst() instanceof DiskException)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "what is sealed could not be looked at; it is tried again",
            faults.getFirst());
      }
      // Nothing is lost: the marks stay where they were.
      called.ring();
      clock.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
  }

  /** Tries the keys of each account; what goes wrong with one's is no other's affair. */
  private List<RuntimeException> openAll() throws InterruptedException {
    List<RuntimeException> faults = new ArrayList<>();
    try {
      for (AccountId account : accounts()) {
        try {
          openAll(account);
        } catch (RuntimeException e) {
          faults.add(e);
        }
      }
    } catch (StoreException e) {
      faults.add(e);
    }
    return faults;
  }

  /** Whether nothing is left to be tried. */
  boolean isResting() {
    return called.isAwaited();
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
        untried.stream().flatMap(seq -> read(tx, seq).stream()).toList(),
        networks.stream().flatMap(network -> network.opener(tx, account).stream()).toList());
  }

  /**
   * @throws StoreException when the store fails over it, unless it did so too often
   */
  private Optional<Fact> read(Tx tx, long seq) {
    try {
      return facts.at(tx, seq);
    } catch (StoreException e) {
      if (!isGivenUp(seq, e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** A full disk is cured, and a damaged record is not; what comes after it must not wait. */
  private boolean isGivenUp(long seq, StoreException e) {
    boolean tooOften = failures.merge(seq, 1, Integer::sum) >= FAILURES_MAX;
    if (tooOften) {
      LOG.log(System.Logger.Level.ERROR, "something sealed is passed over", e);
      isSomethingUntried = true;
    }
    return tooOften;
  }

  private long upTo(Tx tx, AccountId account) {
    Tried known = tried.get(account);
    return known != null
        ? known.upToSeq()
        : tx.number("SELECT local_seq FROM unsealed WHERE account = ?", account.value()).orElse(0L);
  }

  private List<Callable<Optional<Bytes>>> trials(Slice slice) {
    List<Callable<Optional<Bytes>>> trials = new ArrayList<>();
    for (Fact fact : slice.facts()) {
      trials.add(() -> key(fact, slice.openers()));
    }
    return trials;
  }

  private Optional<Bytes> key(Fact fact, List<Network.Opener> openers) {
    try {
      return openers.stream().flatMap(one -> one.contentKey(fact).stream()).findFirst();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a key could not be tried on something sealed", e);
      isSomethingUntried = true;
      return Optional.empty();
    }
  }

  private record Opened(Fact fact, Bytes key) {}

  /**
   * In one transaction; where one of them is a fault of ours that somebody found, it falls alone.
   *
   * @throws StoreException when the store fails over one, unless it did so too often
   */
  private void keep(AccountId account, List<Opened> opened) {
    if (opened.isEmpty()) {
      return;
    }
    try {
      store.write(Lane.LETTERS, tx -> keep(tx, account, opened));
    } catch (RuntimeException e) {
      if (opened.size() > 1) {
        int half = opened.size() / 2;
        keep(account, opened.subList(0, half));
        keep(account, opened.subList(half, opened.size()));
      } else if (!(e instanceof StoreException failure)) {
        LOG.log(System.Logger.Level.ERROR, "something sealed could not be taken in", e);
      } else if (!isGivenUp(opened.getFirst().fact().localSeq(), failure)) {
        throw e;
      }
    }
  }

  /** Leaves out what was let go of since it was read. */
  private int keep(Tx tx, AccountId account, List<Opened> opened) {
    for (Opened one : opened) {
      if (facts.at(tx, one.fact().localSeq()).equals(Optional.of(one.fact()))) {
        recorder.opened(tx, account, one.fact(), one.key());
      }
    }
    return opened.size();
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
      store.write(Lane.LETTERS, tx -> mark(tx, account, last));
    }
    tried.put(account, new Tried(last, marked ? 0 : unmarked));
  }

  private static int mark(Tx tx, AccountId account, long last) {
    return tx.run(
        "INSERT INTO unsealed (account, local_seq) VALUES (?, ?)"
            + " ON CONFLICT (account) DO UPDATE SET local_seq = excluded.local_seq",
        account.value(),
        last);
  }

  /**
   * What was tried since the last mark is not tried again at the next start, unless something went
   * wrong with some of it.
   */
  @Override
  public void close() {
    announcements.close();
    scope.close();
    tried.values().removeIf(one -> one.unmarked() == 0);
    if (!tried.isEmpty() && !isSomethingUntried) {
      try {
        store.write(Lane.LETTERS, this::markAll);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "what was tried is tried once more", e);
      }
    }
  }

  private int markAll(Tx tx) {
    tried.forEach((account, one) -> mark(tx, account, one.upToSeq()));
    return tried.size();
  }
}
