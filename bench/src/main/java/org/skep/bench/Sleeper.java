package org.skep.bench;

import java.util.concurrent.locks.LockSupport;

/** A program that does nothing, to see what Java does meanwhile. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String[] arguments) {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
