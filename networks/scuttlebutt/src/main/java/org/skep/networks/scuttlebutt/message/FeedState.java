package org.skep.networks.scuttlebutt.message;

/**
 * How far a feed is known: what the next message must follow. A state belongs to one feed; whoever
 * keeps it keeps it under that feed's author.
 */
public sealed interface FeedState {
  /** Nothing of the feed is known yet. */
  FeedState EMPTY = new Empty();

  /** A feed without messages. */
  record Empty() implements FeedState {}

  /**
   * The last message of a feed.
   *
   * @param sequence at least 1
   */
  record Head(MessageId id, long sequence) implements FeedState {
    public Head {
      if (sequence < 1) {
        throw new IllegalArgumentException("the first message has the sequence 1");
      }
    }
  }
}
