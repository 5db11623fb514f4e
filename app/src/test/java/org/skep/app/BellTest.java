package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;

final class BellTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Bell bell = new Bell(new SystemClock());

  /** Each wait would outlast the test if what rang before it were not heard. */
  @Test
  void whatRingsWhileNobodyWaitsIsHeardByTheNext() throws InterruptedException {
    bell.ring();
    bell.ring();
    bell.await(AN_HOUR);
    bell.ring();
    bell.await(AN_HOUR);
  }

  @Test
  void whoeverWaitsIsWoken() throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          try {
            bell.await(AN_HOUR);
            woken.countDown();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    bell.ring();
    assertTrue(woken.await(1, TimeUnit.MINUTES));
  }

  @Test
  void nobodyWaitsLongerThanWasSaid() throws InterruptedException {
    bell.await(Duration.ofMillis(1));
  }
}
