package org.skep.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One transaction: common SQL, and nothing of the database behind it. A name {@code {view.table}}
 * in a statement stands for a table of that {@link Projection}, in the generation this transaction
 * sees. Arguments may be {@code String}, {@code Long}, {@code Integer}, {@code Boolean}, {@link
 * Bytes}, {@link Optional} of these (empty = NULL), exactly as many as the statement has places.
 * One statement at a time. Used only by the thread and inside the call that received it; anything
 * else is refused with an {@link IllegalStateException}. What the database refuses is a {@link
 * StoreException}, which the work may survive; a {@link RecordException} when it is a row that
 * can't be kept as the table is.
 */
public interface Tx {
  /**
   * Changes rows or tables.
   *
   * @return how many rows were touched
   */
  int run(String sql, Object... arguments);

  /** All rows, mapped, in the order of the answer. */
  <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments);

  /** The first row, mapped. */
  <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments);

  /** The first column of the first row. */
  default Optional<Long> number(String sql, Object... arguments) {
    return first(row -> row.numberIfAny(0), sql, arguments).flatMap(Function.identity());
  }

  /**
   * Reads something once for the length of this transaction. It is read again when a part of the
   * transaction was undone, and as long as there is nothing to be found.
   *
   * @param key equal for the same thing, and of a type that nobody else uses
   * @param reading may also make it
   */
  <T> Optional<T> once(Object key, Supplier<Optional<T>> reading);

  /** What was read {@link #once} is another now. */
  void forget(Object key);

  /**
   * Does work when all else of this transaction is done, before it is committed: what would be
   * written for each of many things, and of which only the last counts. At once, before a part that
   * is done {@link #apart} begins.
   *
   * @param key as for {@link #once}; of what is said for one key the last is done
   */
  void atEnd(Object key, Runnable work);

  /**
   * Does work that may fail by itself: if it throws, nothing of it stays, nothing that it announced
   * is said, and the failure reaches the caller, who may go on with the rest of the transaction.
   */
  void apart(Consumer<Tx> work);

  /** Said to the store's listeners after this transaction is on disk, and never if it fails. */
  void announce(Announcement announcement);

  /**
   * Whether a person waits: an own act or a letter, more urgent than this, is to be written. Long
   * work looks at it now and then and ends early, to go on in another transaction. What is merely
   * live waits for the lot. Never true for who only reads.
   */
  boolean isAwaited();

  /**
   * The same transaction, seeing another generation of one projection's tables. What is announced
   * through it is not said: nobody sees that generation yet.
   */
  Tx seeing(String projection, long generation);
}
