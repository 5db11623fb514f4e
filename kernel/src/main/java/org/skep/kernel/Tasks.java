package org.skep.kernel;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * The door to threads. A task is a virtual thread and may block; heavy arithmetic goes to {@link
 * #compute}, which has as many platform threads as the machine has cores. Any thread.
 */
public interface Tasks {
  /** A piece of work that runs until it is done, fails, or is interrupted. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  /**
   * A group of tasks that live no longer than the group. Closing interrupts those still running and
   * waits for all; a task that fails is logged once and ends alone.
   */
  interface Scope extends AutoCloseable {
    /**
     * Starts a task.
     *
     * @throws IllegalStateException when the scope is closed
     */
    void fork(String name, Task task);

    /** Waits until every task has ended by itself. */
    void join() throws InterruptedException;

    @Override
    void close();
  }

  Scope scope(String name);

  /**
   * Runs all the work on the CPU pool and waits for it; the answers stand in the order of the work.
   *
   * @throws IllegalStateException when one of them fails, with its failure as cause
   */
  <T> List<T> compute(List<Callable<T>> work) throws InterruptedException;
}
