package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread brings about; fails after half a minute. */
public final class Eventually {
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  private Eventually() {}

  public static void holds(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        fail("never: " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }
}
