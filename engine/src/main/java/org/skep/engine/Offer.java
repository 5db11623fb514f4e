package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.skep.kernel.Checked;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Verdict;

/** What one caller brought, and what became of it so far. Used only under the inbox's lock. */
final class Offer {
  private final Origin origin;
  private final Verdict[] verdicts;
  private final Condition done;
  private int open;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * @param done signalled when the last open item is settled
   */
  Offer(Origin origin, int count, Condition done) {
    this.origin = origin;
    this.verdicts = new Verdict[count];
    this.done = done;
  }

  /** One sound item of the offer, at its place among the others. */
  record Item(Offer offer, int index, Checked.Sound sound) {
    NewFact fact() {
      return sound.fact();
    }

    /** About how much memory it holds: what it says is its own words again, in twice the room. */
    long heldBytes() {
      return (sound.says().isPresent() ? 3L : 1L) * sound.fact().bytes().length();
    }

    String peer() {
      return offer.origin.peer();
    }
  }

  Origin origin() {
    return origin;
  }

  /** Says what became of an item that never had to wait. */
  void settleAtOnce(int index, Verdict verdict) {
    verdicts[index] = verdict;
  }

  /** One more item waits. */
  void opened() {
    open++;
  }

  void settle(int index, Verdict verdict) {
    verdicts[index] = verdict;
    closed();
  }

  /** The store could not take the item; the offerer is told when the others are settled. */
  void fail(RuntimeException cause) {
    failure = Optional.of(cause);
    closed();
  }

  private void closed() {
    open--;
    if (open == 0) {
      wake();
    }
  }

  void wake() {
    done.signalAll();
  }

  /** Waits until nothing is open; gives up when the inbox closes. */
  void awaitSettled(BooleanSupplier isClosed) throws InterruptedException {
    while (open > 0) {
      if (isClosed.getAsBoolean()) {
        throw new InterruptedException("the inbox is closing");
      }
      done.await();
    }
  }

  /**
   * Every verdict in order.
   *
   * @throws RuntimeException the store's failure, if there was one
   */
  List<Verdict> verdicts() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    return List.of(verdicts);
  }
}
