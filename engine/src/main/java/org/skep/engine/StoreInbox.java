package org.skep.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Inbox;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;
import org.skep.kernel.Verdict;

/**
 * The one door in. Items are checked on the caller's time, wait in a bounded lane that is fair
 * among those who bring, and are judged and kept by one worker a lane, many to a transaction. An
 * offerer who is interrupted leaves; what was let in for him is judged all the same.
 */
public final class StoreInbox implements Inbox, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StoreInbox.class.getName());

  /**
   * As long as nothing more urgent waits; each commit costs a sync, so that floods go by the lot.
   */
  private static final long WRITE_NANOS_MAX = 500_000_000L;

  /** A disk that is full is as a lane that is full: who brings something waits. */
  static final Duration DISK_PAUSE = Duration.ofSeconds(2);

  private final Store store;
  private final Tasks tasks;
  private final Clock clock;
  private final Map<NetworkId, Network> networks;
  private final Judge judge;
  private final Tasks.Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);
  private boolean closed;

  StoreInbox(
      Store store,
      Tasks tasks,
      Clock clock,
      Map<NetworkId, Network> networks,
      Judge judge,
      LaneQueue.Bounds bounds) {
    this.store = store;
    this.tasks = tasks;
    this.clock = clock;
    this.networks = networks;
    this.judge = judge;
    this.scope = tasks.scope("inbox");
    for (Lane lane : Lane.values()) {
      LaneQueue queue = new LaneQueue(lock, bounds);
      lanes.put(lane, queue);
      // What the last run left waiting is history by now, and takes the lane of long pasts.
      ArrayDeque<Judge.Log> left =
          new ArrayDeque<>(lane == Lane.BULK ? store.read(judge::waitingLogs) : List.of());
      scope.fork(lane.name(), () -> work(lane, queue, left));
    }
  }

  @Override
  public List<Verdict> offer(List<RawItem> items, Origin origin) throws InterruptedException {
    List<Checked> checked = check(items);
    LaneQueue lane = queue(origin.lane());
    lock.lockInterruptibly();
    try {
      Offer offer = new Offer(origin, items.size(), lock.newCondition());
      List<Offer.Item> sound = new ArrayList<>();
      for (int i = 0; i < checked.size(); i++) {
        switch (checked.get(i)) {
          case Checked.Unsound unsound ->
              offer.settleAtOnce(i, new Verdict.Rejected(unsound.reason()));
          case Checked.Sound fine -> sound.add(new Offer.Item(offer, i, fine));
        }
      }
      lane.enter(sound);
      offer.awaitSettled(() -> closed);
      return offer.verdicts();
    } finally {
      lock.unlock();
    }
  }

  private LaneQueue queue(Lane lane) {
    LaneQueue queue = lanes.get(lane);
    if (queue == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return queue;
  }

  /** How many items wait in a lane. */
  int waiting(Lane lane) {
    lock.lock();
    try {
      return queue(lane).items();
    } finally {
      lock.unlock();
    }
  }

  private List<Checked> check(List<RawItem> items) throws InterruptedException {
    List<Callable<Checked>> work = new ArrayList<>(items.size());
    for (RawItem item : items) {
      work.add(() -> check(item));
    }
    return tasks.compute(work);
  }

  private Checked check(RawItem item) {
    Network network = networks.get(item.network());
    if (network == null) {
      return new Checked.Unsound("this node does not take part in " + item.network());
    }
    try {
      return network.check(item);
    } catch (Throwable e) {
      // A fault of ours, an error too, that somebody may know how to touch: it must not cost the
      // items beside it.
      LOG.log(System.Logger.Level.ERROR, "a check of " + item.network() + " failed", e);
      return new Checked.Unsound("this node could not read it");
    }
  }

  private void work(Lane lane, LaneQueue queue, ArrayDeque<Judge.Log> left)
      throws InterruptedException {
    while (true) {
      while (!left.isEmpty()) {
        followUp(lane, left);
      }
      List<Offer.Item> batch = take(queue);
      int alone = 0;
      int done = 0;
      while (done < batch.size()) {
        int max = alone > 0 ? 1 : batch.size() - done;
        List<Verdict> verdicts = new ArrayList<>();
        if (write(lane, batch.subList(done, done + max), verdicts, left)) {
          done += verdicts.size();
          alone = Math.max(0, alone - verdicts.size());
        } else if (max == 1) {
          done++;
          alone = Math.max(0, alone - 1);
        } else {
          // One of these was the fault: each is tried by itself, so that it falls alone.
          alone = verdicts.size() + 1;
        }
        while (!left.isEmpty()) {
          followUp(lane, left);
        }
      }
    }
  }

  private List<Offer.Item> take(LaneQueue queue) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      queue.awaitArrival();
      return queue.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Keeps as many of the items as the time allows, in one transaction, and tells those who wait.
   * While the disk takes nothing it tries again and again.
   *
   * @param verdicts becomes what was said before the transaction ended or failed
   * @return whether the transaction is on disk; where it failed over a single item, that is settled
   */
  private boolean write(
      Lane lane, List<Offer.Item> items, List<Verdict> verdicts, ArrayDeque<Judge.Log> left)
      throws InterruptedException {
    try {
      left.addAll(keep(lane, items, verdicts));
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      // Whatever it is, the lane lives on and serves the others.
      if (items.size() == 1) {
        fail(items.getFirst(), e);
      }
      return false;
    }
    lock.lock();
    try {
      for (int i = 0; i < verdicts.size(); i++) {
        Offer.Item item = items.get(i);
        item.offer().settle(item.index(), verdicts.get(i));
      }
    } finally {
      lock.unlock();
    }
    return true;
  }

  private List<Judge.Log> keep(Lane lane, List<Offer.Item> items, List<Verdict> verdicts)
      throws InterruptedException {
    while (true) {
      try {
        return store.write(lane, tx -> judgeSome(tx, items, verdicts));
      } catch (DiskException full) {
        verdicts.clear();
        clock.sleep(DISK_PAUSE);
      }
    }
  }

  private List<Judge.Log> judgeSome(Tx tx, List<Offer.Item> items, List<Verdict> verdicts) {
    long deadline = clock.monotonicNanos() + WRITE_NANOS_MAX;
    Judge.Session session = judge.session(tx, items.size() == 1);
    for (Offer.Item item : items) {
      verdicts.add(session.judge(item.sound(), item.offer().origin()));
      if (tx.isAwaited() || clock.monotonicNanos() - deadline > 0) {
        break;
      }
    }
    return session.awaited();
  }

  private void fail(Offer.Item item, Throwable cause) {
    lock.lock();
    try {
      switch (cause) {
        case StoreException disk -> item.offer().fail(disk);
        default -> {
          LOG.log(System.Logger.Level.ERROR, "an item could not be taken in", cause);
          item.offer().settle(item.index(), new Verdict.Rejected("this node could not take it in"));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Judges some of what waited on disk; logs that are through leave the list. */
  private void followUp(Lane lane, ArrayDeque<Judge.Log> left) throws InterruptedException {
    Judge.Log log = left.removeFirst();
    Judge.FollowUp walk = judge.followUp(log);
    try {
      boolean through =
          store.write(lane, tx -> walk.go(tx, clock.monotonicNanos() + WRITE_NANOS_MAX));
      if (!through) {
        left.addLast(log);
      }
    } catch (DiskException full) {
      left.addLast(log);
      clock.sleep(DISK_PAUSE);
    } catch (StoreException e) {
      // What waits stays where it is; the next entry of its log, or the next start, asks again.
      LOG.log(System.Logger.Level.ERROR, "what waited could not be kept", e);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "something that waited could not be taken in", e);
      if (forget(lane, walk)) {
        left.addLast(log);
      }
    }
  }

  private boolean forget(Lane lane, Judge.FollowUp walk) {
    try {
      return store.write(lane, walk::forgetLast);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "something that waited could not be dropped", e);
      return false;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      lanes.values().forEach(LaneQueue::close);
    } finally {
      lock.unlock();
    }
    scope.close();
  }
}
