package org.skep.kernel;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/**
 * The door to time. Nothing in the program reads a clock or waits by any other way, so that whole
 * nodes can run on virtual time. Any thread.
 */
public interface Clock {
  /** Milliseconds since 1970 as the machine believes; may jump by years, either way. */
  long wallMillis();

  /** Nanoseconds that only grow, from an unnamed start; for deadlines and durations. */
  long monotonicNanos();

  /** Waits; returns early only by interruption. */
  void sleep(Duration howLong) throws InterruptedException;

  /**
   * Waits on a condition, whose lock the caller holds, until it is signalled or the time is over.
   * May wake for no reason: call it in a loop that looks at what is waited for.
   *
   * @return false when the time was over first
   */
  boolean await(Condition condition, Duration atMost) throws InterruptedException;
}
