package org.skep.app;

import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.TcpTransport;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Randomness;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;

/**
 * Everything through which a node meets the world: handed in, so that the same node runs on a
 * machine and in a world that a test makes up. One for each node, which closes it last of all. Any
 * thread.
 */
public interface Doors extends AutoCloseable {
  Clock clock();

  Randomness randomness();

  Tasks tasks();

  Transport transport();

  /** The store as the node sees it. */
  default Store store(Store real) {
    return real;
  }

  /** The blobs as the node sees them. */
  default Blobs blobs(Blobs real) {
    return real;
  }

  /** Whether people come in by HTTP; where they don't, no port is opened. */
  boolean hasPage();

  @Override
  void close();

  /** Those of this machine. */
  static Doors ofThisMachine() {
    ThreadTasks tasks = new ThreadTasks();
    Clock clock = new SystemClock();
    Randomness randomness = new SystemRandomness();
    Transport transport = new TcpTransport(tasks);
    return new Doors() {
      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public Randomness randomness() {
        return randomness;
      }

      @Override
      public Tasks tasks() {
        return tasks;
      }

      @Override
      public Transport transport() {
        return transport;
      }

      @Override
      public boolean hasPage() {
        return true;
      }

      @Override
      public void close() {
        tasks.close();
      }
    };
  }
}
