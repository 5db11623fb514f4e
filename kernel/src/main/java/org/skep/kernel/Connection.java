package org.skep.kernel;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A two-way stream of bytes to one other computer. One thread may read while another writes. Not
 * reading is how back-pressure reaches the sender.
 */
public interface Connection extends AutoCloseable {
  /** Reads fail with {@link java.net.SocketTimeoutException} when nothing came for so long. */
  void readTimeout(Duration atMost);

  InputStream input();

  OutputStream output();

  /** The other end in words, for logs and the status page. */
  String remote();

  /**
   * The other end's address without its port, so that what one computer takes can be counted. Of
   * IPv6 only the first half, since one household has all of the second to itself.
   */
  String remoteHost();

  /**
   * Whoever is at the other end is wanted here: of those who came to us it keeps its place, however
   * many come after it. Any thread, any number of times.
   */
  void keep();

  /** Ends both directions at once; a blocked read or write fails. May be called again. */
  @Override
  void close();
}
