package org.skep.kernel.http;

/**
 * The way to one client that listens. Never blocks: what the client has not read yet waits in a
 * bounded queue, and a client that falls too far behind is dropped (it asks again for what it
 * missed when it comes back). The door sends heartbeats by itself. Any thread.
 */
public interface EventSink {
  /**
   * Queues an event; without effect once the stream is over.
   *
   * @param event its type, 1 to 64 characters of {@code a-z}, digits, dot, underscore and hyphen
   * @param data its text; line breaks are kept
   */
  void send(String event, String data);

  /**
   * Ends the stream after what is queued.
   *
   * @param reason for the log
   */
  void close(String reason);

  /** Whether the client may still be there. */
  boolean isOpen();
}
