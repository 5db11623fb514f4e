package org.skep.networks.scuttlebutt;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Connection;

/**
 * Connections in the middle of their handshake: what strangers may cost us. Whoever comes gets a
 * place; where there are too many, of one host or in all, the host that has most of them loses the
 * one that has taken longest. An honest handshake is over in a moment, so that neither many
 * connections of one computer nor such as never say a word keep it out. Any thread.
 */
final class HandshakePlaces {
  /** A place that is given back by closing. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  private final int placesMax;
  private final int perHostMax;
  private final ReentrantLock lock = new ReentrantLock();

  /** By host, the longest waiting first. */
  private final Map<String, LinkedHashSet<Connection>> waiting = new HashMap<>();

  private int count;

  /**
   * @param placesMax in all, at least 1
   * @param perHostMax of one host, at least 1
   */
  HandshakePlaces(int placesMax, int perHostMax) {
    this.placesMax = placesMax;
    this.perHostMax = perHostMax;
  }

  /** Gives the connection a place; another one may be closed for it. */
  Place take(Connection connection) {
    Optional<Connection> tooMany = Optional.empty();
    lock.lock();
    try {
      LinkedHashSet<Connection> ofHost =
          waiting.getOrDefault(connection.remoteHost(), new LinkedHashSet<>());
      if (ofHost.size() == perHostMax) {
        tooMany = Optional.of(ofHost.getFirst());
      } else if (count == placesMax) {
        tooMany = longestOfTheMost();
      }
      tooMany.ifPresent(this::remove);
      waiting.computeIfAbsent(connection.remoteHost(), _ -> new LinkedHashSet<>()).add(connection);
      count++;
    } finally {
      lock.unlock();
    }
    tooMany.ifPresent(Connection::close);
    return () -> leave(connection);
  }

  private Optional<Connection> longestOfTheMost() {
    return waiting.values().stream()
        .max((one, other) -> Integer.compare(one.size(), other.size()))
        .map(LinkedHashSet::getFirst);
  }

  private void leave(Connection connection) {
    lock.lock();
    try {
      remove(connection);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Connection connection) {
    LinkedHashSet<Connection> ofHost =
        waiting.getOrDefault(connection.remoteHost(), new LinkedHashSet<>());
    if (ofHost.remove(connection)) {
      count--;
    }
    if (ofHost.isEmpty()) {
      waiting.remove(connection.remoteHost());
    }
  }
}
