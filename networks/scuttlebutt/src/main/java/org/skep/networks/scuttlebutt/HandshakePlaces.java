package org.skep.networks.scuttlebutt;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
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

  /** The longest waiting first. */
  private final LinkedHashSet<Connection> waiting = new LinkedHashSet<>();

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
      String host = connection.remoteHost();
      if (count(host) == perHostMax) {
        tooMany = longest(host::equals);
      } else if (waiting.size() == placesMax) {
        tooMany = longestOfTheMost();
      }
      tooMany.ifPresent(waiting::remove);
      waiting.add(connection);
    } finally {
      lock.unlock();
    }
    tooMany.ifPresent(Connection::close);
    return () -> leave(connection);
  }

  private long count(String host) {
    return waiting.stream().filter(each -> each.remoteHost().equals(host)).count();
  }

  private Optional<Connection> longest(Predicate<String> host) {
    return waiting.stream().filter(each -> host.test(each.remoteHost())).findFirst();
  }

  /** Where several hosts have as many, the longest of all of theirs. */
  private Optional<Connection> longestOfTheMost() {
    long most = waiting.stream().mapToLong(each -> count(each.remoteHost())).max().orElse(0);
    return longest(host -> count(host) == most);
  }

  private void leave(Connection connection) {
    lock.lock();
    try {
      waiting.remove(connection);
    } finally {
      lock.unlock();
    }
  }
}
