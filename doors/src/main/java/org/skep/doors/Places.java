package org.skep.doors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Connection;

/**
 * The places of a listener, and who has them. As long as there are some, anybody gets one. When all
 * are taken, whoever has many gives one up for somebody who has few, so that one computer can't
 * keep the others out; and where nobody has more, a computer that has none gets the place that was
 * held longest, so that many computers can't either: whoever is wanted has to come in to be known.
 * Those who are known to be wanted ({@link Connection#keep}) keep their places. Any thread.
 */
public final class Places {
  private final int placesMax;
  private final ReentrantLock lock = new ReentrantLock();

  /** The latest last. */
  private final LinkedHashSet<Connection> taken = new LinkedHashSet<>();

  private final Set<Connection> kept = new HashSet<>();

  /**
   * @param placesMax at least 1
   */
  public Places(int placesMax) {
    this.placesMax = placesMax;
  }

  /**
   * Gives the connection a place, if need be another's, which is closed.
   *
   * @return false when there is none for it
   */
  public boolean take(Connection connection) {
    Optional<Connection> displaced = Optional.empty();
    lock.lock();
    try {
      if (taken.size() == placesMax) {
        displaced = displacedFor(connection.remoteHost());
        if (displaced.isEmpty()) {
          return false;
        }
        remove(displaced.get());
      }
      taken.add(connection);
    } finally {
      lock.unlock();
    }
    displaced.ifPresent(Connection::close);
    return true;
  }

  /**
   * The latest of the host that has most, if afterwards it still has no less than this one; for a
   * host that has none, else, the oldest.
   */
  private Optional<Connection> displacedFor(String host) {
    long has = taken.stream().filter(each -> each.remoteHost().equals(host)).count();
    List<Connection> loose = taken.stream().filter(each -> !kept.contains(each)).toList();
    Map<String, List<Connection>> byHost = new LinkedHashMap<>();
    loose.forEach(
        each -> byHost.computeIfAbsent(each.remoteHost(), _ -> new ArrayList<>()).add(each));
    Optional<Connection> ofTheMost =
        byHost.values().stream()
            .max(Comparator.comparingInt(List::size))
            .filter(most -> most.size() > has + 1)
            .map(List::getLast);
    return ofTheMost.or(() -> has > 0 ? Optional.empty() : loose.stream().findFirst());
  }

  /** The connection keeps its place until it leaves it. */
  public void keep(Connection connection) {
    lock.lock();
    try {
      if (taken.contains(connection)) {
        kept.add(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection is over; it may have lost its place before. */
  public void leave(Connection connection) {
    lock.lock();
    try {
      remove(connection);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Connection connection) {
    taken.remove(connection);
    kept.remove(connection);
  }

  /** Who has a place now. */
  public List<Connection> all() {
    lock.lock();
    try {
      return List.copyOf(taken);
    } finally {
      lock.unlock();
    }
  }
}
