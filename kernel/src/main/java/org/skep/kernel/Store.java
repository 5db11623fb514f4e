package org.skep.kernel;

import java.util.function.Consumer;

/**
 * The database. Readers see a snapshot and never wait; writers are taken by lane and grouped, many
 * to one commit, and return when their commit is on disk. Any thread, but never from inside a
 * transaction or a listener: such a call would wait for itself, and is refused with an {@link
 * IllegalStateException}.
 */
public interface Store extends Snapshots, AutoCloseable {
  /** What is done inside a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T with(Tx tx);
  }

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Writes in one transaction. If the work throws, nothing of it stays and the failure reaches the
   * caller, errors too; what others wrote in the same commit is not touched. Blocks while the lane
   * is full, and can't be interrupted. The answer must not be null.
   *
   * @throws StoreException when the database itself fails or is closed
   */
  <T> T write(Lane lane, Work<T> work);

  /**
   * Hears every announcement after its commit, in commit order, on the store's own thread: the
   * listener returns at once and must not call the store. What it throws is logged and harms
   * nobody.
   */
  Subscription subscribe(Consumer<Announcement> listener);

  /** Bytes on disk, for the status page. */
  long diskBytes();

  /** Finishes what was accepted, waits for those who read, and closes; again changes nothing. */
  @Override
  void close();
}
