package org.skep.kernel;

import java.io.IOException;
import java.time.Duration;

/** Moves bytes between two computers and knows nothing of what they mean. Any thread. */
public interface Transport {
  /**
   * @param host a name or a literal address
   * @param port 0 to 65535; 0 only for listening, where it means any free one
   */
  record Address(String host, int port) {
    public Address {
      if (host.isEmpty() || host.length() > 253 || port < 0 || port > 65535) {
        throw new IllegalArgumentException("not an address: " + host + ":" + port);
      }
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A listening place; closing it ends the listening and every connection it brought. */
  interface Listening extends AutoCloseable {
    /** Where it really listens: the port is never 0. */
    Address address();

    @Override
    void close();
  }

  /**
   * @throws IOException when nobody answers before the deadline, in words
   */
  Connection dial(Address address, Duration deadline) throws IOException;

  /**
   * Each arriving connection is handed to the handler on a virtual thread of its own. Above {@code
   * connectionsMax} at once, the host that has most of them gives its latest up for one of a host
   * that has less; otherwise a further one is closed unread.
   */
  Listening listen(Address bind, int connectionsMax, ConnectionHandler handler) throws IOException;
}
