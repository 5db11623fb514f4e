package org.skep.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bell;
import org.skep.kernel.Clock;

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
    bell.await();
  }

  @Test
  void whoeverWaitsIsWoken() throws InterruptedException {
    isWoken(() -> bell.await(AN_HOUR));
    isWoken(bell::await);
  }

  /** A wait on the bell. */
  private interface Wait {
    void begin() throws InterruptedException;
  }

  private void isWoken(Wait wait) throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    assertFalse(bell.isAwaited());
    Thread.ofVirtual()
        .start(() -> {
          try {
            wait.begin();
            woken.countDown();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    while (!bell.isAwaited()) {
      Thread.onSpinWait();
    }
    bell.ring();
    assertTrue(woken.await(1, TimeUnit.MINUTES));
    assertFalse(bell.isAwaited());
  }

  @Test
  void nobodyWaitsLongerThanWasSaid() throws InterruptedException {
    bell.await(Duration.ofMillis(1));
  }

  /** Wakes for no reason when a minute is over, whatever was asked for. */
  private static final class RestlessClock implements Clock {
    private int minutes;

    @Override
    public long wallMillis() {
      throw new AssertionError("the wall clock may jump by years");
    }

    @Override
    public long monotonicNanos() {
      return Duration.ofMinutes(minutes).toNanos();
    }

    @Override
    public void sleep(Duration howLong) {
      throw new AssertionError("nobody could ring");
    }

    @Override
    public boolean await(Condition condition, Duration atMost) {
      minutes++;
      return true;
    }
  }

  @Test
  void whoWakesForNoReasonWaitsForTheRestAlone() throws InterruptedException {
    RestlessClock clock = new RestlessClock();
    new Bell(clock).await(AN_HOUR);
    assertEquals(60, clock.minutes);
  }
}
