package org.skep.doors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Connection;

/**
 * The places of a listener, and who has them. As long as there are some, anybody gets one; when all
 * are taken, whoever has many gives one up for somebody who has few, so that one computer can't
 * keep the others out. Any thread.
 */
final class Places {
  private final int placesMax;
  private final ReentrantLock lock = new ReentrantLock();

  /** By host, the latest last. */
  private final Map<String, Deque<Connection>> taken = new HashMap<>();

  private int count;

  /**
   * @param placesMax at least 1
   */
  Places(int placesMax) {
    this.placesMax = placesMax;
  }

  /**
   * Gives the connection a place, if need be another's, which is closed.
   *
   * @return false when there is none for it
   */
  boolean take(Connection connection) {
    Optional<Connection> displaced = Optional.empty();
    lock.lock();
    try {
      if (count == placesMax) {
        displaced = displacedFor(connection.remoteHost());
        if (displaced.isEmpty()) {
          return false;
        }
        remove(displaced.get());
      }
      taken.computeIfAbsent(connection.remoteHost(), _ -> new ArrayDeque<>()).add(connection);
      count++;
    } finally {
      lock.unlock();
    }
    displaced.ifPresent(Connection::close);
    return true;
  }

  /** The latest of the host that has most, if afterwards it still has no less than this one. */
  private Optional<Connection> displacedFor(String host) {
    int has = taken.getOrDefault(host, new ArrayDeque<>()).size();
    return taken.values().stream()
        .max((one, other) -> Integer.compare(one.size(), other.size()))
        .filter(most -> most.size() > has + 1)
        .map(Deque::getLast);
  }

  /** The connection is over; it may have lost its place before. */
  void leave(Connection connection) {
    lock.lock();
    try {
      remove(connection);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Connection connection) {
    Deque<Connection> ofHost = taken.getOrDefault(connection.remoteHost(), new ArrayDeque<>());
    if (ofHost.remove(connection)) {
      count--;
    }
    if (ofHost.isEmpty()) {
      taken.remove(connection.remoteHost());
    }
  }

  /** Who has a place now. */
  List<Connection> all() {
    lock.lock();
    try {
      List<Connection> all = new ArrayList<>();
      taken.values().forEach(all::addAll);
      return all;
    } finally {
      lock.unlock();
    }
  }
}
