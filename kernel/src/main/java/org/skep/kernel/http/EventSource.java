package org.skep.kernel.http;

/** Something that goes on telling news to one client. */
@FunctionalInterface
public interface EventSource {
  /**
   * Begins to tell; called once, when the head of the answer is on its way. Returns at once.
   *
   * @param sink where the news goes, from any thread
   * @return ends the telling; the door closes it exactly once, whoever ended the stream
   */
  Subscription open(EventSink sink);

  /** What the door closes when the client is gone. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
