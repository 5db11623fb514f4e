package org.skep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lane of the inbox: so much may wait and no more; whoever brings something is let in by turns,
 * and what waits is served by turns. Every method is called under the inbox's lock.
 */
final class LaneQueue {
  /** Nobody who waits to be let in is held up longer than by so many items of each other. */
  static final int ENTERING_AT_ONCE_MAX = 100;

  private static final int TAKEN_AT_ONCE_MAX = 1_000;

  private final Bounds bounds;
  private final LinkedHashMap<String, ArrayDeque<Offer.Item>> byPeer = new LinkedHashMap<>();
  private final ArrayDeque<Long> entrance = new ArrayDeque<>();
  private final Condition arrived;
  private final Condition turn;
  private long tickets;
  private int items;
  private long bytes;
  private boolean closed;

  /**
   * How much may wait in a lane; the last item let in may go over the bytes.
   *
   * @param items 1 or more
   * @param bytes 1 or more
   */
  record Bounds(int items, long bytes) {
    static final Bounds USUAL = new Bounds(2_000, 16L << 20);
  }

  LaneQueue(ReentrantLock lock, Bounds bounds) {
    this.bounds = bounds;
    this.arrived = lock.newCondition();
    this.turn = lock.newCondition();
  }

  /** Lets all the items in as soon as there is room, some at a time, by turns with others. */
  void enter(List<Offer.Item> offered) throws InterruptedException {
    int entered = 0;
    while (entered < offered.size()) {
      awaitTurn();
      int pause = entered + ENTERING_AT_ONCE_MAX;
      while (entered < offered.size() && entered < pause && !isFull()) {
        add(offered.get(entered));
        entered++;
      }
      passTurn();
    }
  }

  private void awaitTurn() throws InterruptedException {
    Long ticket = ++tickets;
    entrance.addLast(ticket);
    try {
      while (!closed && (isFull() || !ticket.equals(entrance.peekFirst()))) {
        turn.await();
      }
      if (closed) {
        throw new InterruptedException("the inbox is closing");
      }
    } catch (InterruptedException e) {
      entrance.remove(ticket);
      turn.signalAll();
      throw e;
    }
  }

  private void passTurn() {
    entrance.removeFirst();
    turn.signalAll();
  }

  private boolean isFull() {
    return items >= bounds.items() || bytes >= bounds.bytes();
  }

  private void add(Offer.Item item) {
    byPeer.computeIfAbsent(item.peer(), peer -> new ArrayDeque<>()).add(item);
    items++;
    bytes += item.heldBytes();
    item.offer().opened();
    arrived.signal();
  }

  /** Waits until something is there. */
  void awaitArrival() throws InterruptedException {
    while (items == 0) {
      arrived.await();
    }
  }

  /** One item from each bringer in turn, until there are enough. */
  List<Offer.Item> take() {
    List<Offer.Item> taken = new ArrayList<>();
    while (items > 0 && taken.size() < TAKEN_AT_ONCE_MAX) {
      var next = byPeer.pollFirstEntry();
      Offer.Item item = next.getValue().removeFirst();
      if (!next.getValue().isEmpty()) {
        byPeer.put(next.getKey(), next.getValue());
      }
      items--;
      bytes -= item.heldBytes();
      taken.add(item);
    }
    turn.signalAll();
    return taken;
  }

  int items() {
    return items;
  }

  /** Lets nobody else in, and wakes everybody who waits. */
  void close() {
    closed = true;
    turn.signalAll();
    byPeer.values().forEach(queue -> queue.forEach(item -> item.offer().wake()));
  }
}
