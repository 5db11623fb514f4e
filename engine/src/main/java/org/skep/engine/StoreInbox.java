package org.skep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.Inbox;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;
import org.skep.kernel.Verdict;

/**
 * The one door in. Items are checked on the caller's time, wait in a bounded lane that is fair
 * among those who bring, and are judged and kept by one worker a lane, many to a transaction.
 */
public final class StoreInbox implements Inbox, AutoCloseable {
  static final int WAITING_PER_LANE_MAX = 2_000;
  private static final int WRITTEN_AT_ONCE_MAX = 1_000;
  private static final long WRITE_NANOS_MAX = 40_000_000L;

  private final Store store;
  private final Tasks tasks;
  private final Clock clock;
  private final Map<NetworkId, Network> networks;
  private final Judge judge;
  private final Tasks.Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
  private boolean closed;

  StoreInbox(Store store, Tasks tasks, Clock clock, Map<NetworkId, Network> networks, Judge judge) {
    this.store = store;
    this.tasks = tasks;
    this.clock = clock;
    this.networks = networks;
    this.judge = judge;
    this.scope = tasks.scope("inbox");
    for (Lane lane : Lane.values()) {
      Waiting waiting = new Waiting();
      lanes.put(lane, waiting);
      scope.fork(lane.name(), () -> work(lane, waiting));
    }
  }

  /** One lane: what each bringer has waiting, served in turns. */
  private final class Waiting {
    private final LinkedHashMap<String, ArrayDeque<Offered>> byPeer = new LinkedHashMap<>();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private int items;

    void add(Offered offered) {
      byPeer.computeIfAbsent(offered.offer.origin.peer(), peer -> new ArrayDeque<>()).add(offered);
      items++;
      arrived.signal();
    }

    /** One item from each bringer in turn, until there are enough. */
    List<Offered> take() {
      List<Offered> taken = new ArrayList<>();
      while (items > 0 && taken.size() < WRITTEN_AT_ONCE_MAX) {
        var turn = byPeer.pollFirstEntry();
        Offered next = turn.getValue().removeFirst();
        if (!turn.getValue().isEmpty()) {
          byPeer.put(turn.getKey(), turn.getValue());
        }
        items--;
        taken.add(next);
      }
      room.signalAll();
      return taken;
    }
  }

  /** What one caller brought, and what became of it so far. */
  private final class Offer {
    private final Origin origin;
    private final Verdict[] verdicts;
    private final Condition done = lock.newCondition();
    private int open;
    private Optional<RuntimeException> failure = Optional.empty();

    Offer(Origin origin, int count) {
      this.origin = origin;
      this.verdicts = new Verdict[count];
    }
  }

  private record Offered(Offer offer, int index, NewFact fact) {}

  @Override
  public List<Verdict> offer(List<RawItem> items, Origin origin) throws InterruptedException {
    List<Checked> checked = check(items);
    Offer offer = new Offer(origin, items.size());
    Waiting lane = lanes.get(origin.lane());
    if (lane == null) {
      throw new IllegalStateException("no lane " + origin.lane());
    }
    lock.lockInterruptibly();
    try {
      for (int i = 0; i < checked.size(); i++) {
        switch (checked.get(i)) {
          case Checked.Unsound unsound ->
              offer.verdicts[i] = new Verdict.Rejected(unsound.reason());
          case Checked.Sound sound -> {
            while (lane.items >= WAITING_PER_LANE_MAX && !closed) {
              lane.room.await();
            }
            offer.open++;
            lane.add(new Offered(offer, i, sound.fact()));
          }
        }
      }
      while (offer.open > 0 && !closed) {
        offer.done.await();
      }
      if (offer.failure.isPresent()) {
        throw offer.failure.get();
      }
      if (offer.open > 0) {
        throw new InterruptedException("the inbox is closing");
      }
      return List.of(offer.verdicts);
    } finally {
      lock.unlock();
    }
  }

  private List<Checked> check(List<RawItem> items) throws InterruptedException {
    List<Callable<Checked>> work = new ArrayList<>(items.size());
    for (RawItem item : items) {
      Network network = networks.get(item.network());
      work.add(() ->
          network == null
              ? new Checked.Unsound("this node does not take part in " + item.network())
              : network.check(item.bytes()));
    }
    return tasks.compute(work);
  }

  private void work(Lane lane, Waiting waiting) throws InterruptedException {
    while (true) {
      List<Offered> batch = take(waiting);
      int done = 0;
      while (done < batch.size()) {
        done = write(lane, batch, done);
      }
    }
  }

  private List<Offered> take(Waiting waiting) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.items == 0) {
        waiting.arrived.await();
      }
      return waiting.take();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps part of a batch in one transaction, and tells those who wait for it. */
  private int write(Lane lane, List<Offered> batch, int from) {
    List<Verdict> verdicts;
    try {
      verdicts = store.write(lane, tx -> judgeSome(tx, batch, from));
    } catch (RuntimeException e) {
      fail(batch.get(from), e);
      return from + 1;
    }
    lock.lock();
    try {
      for (int i = 0; i < verdicts.size(); i++) {
        Offered offered = batch.get(from + i);
        offered.offer.verdicts[offered.index] = verdicts.get(i);
        settle(offered.offer);
      }
    } finally {
      lock.unlock();
    }
    return from + verdicts.size();
  }

  private List<Verdict> judgeSome(Tx tx, List<Offered> batch, int from) {
    List<Verdict> verdicts = new ArrayList<>();
    long deadline = clock.monotonicNanos() + WRITE_NANOS_MAX;
    Judge.Session session = judge.session(tx);
    for (Offered offered : batch.subList(from, batch.size())) {
      verdicts.add(session.judge(offered.fact(), offered.offer().origin));
      if (clock.monotonicNanos() > deadline) {
        break;
      }
    }
    return verdicts;
  }

  /** The store failed on a slice: the first of it is told, the others are tried again. */
  private void fail(Offered offered, RuntimeException failure) {
    lock.lock();
    try {
      offered.offer.failure = Optional.of(failure);
      settle(offered.offer);
    } finally {
      lock.unlock();
    }
  }

  private static void settle(Offer offer) {
    offer.open--;
    if (offer.open == 0) {
      offer.done.signalAll();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Waiting lane : lanes.values()) {
        lane.room.signalAll();
        lane.byPeer
            .values()
            .forEach(queue -> queue.forEach(offered -> offered.offer.done.signalAll()));
      }
    } finally {
      lock.unlock();
    }
    scope.close();
  }
}
