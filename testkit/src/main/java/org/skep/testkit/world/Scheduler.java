package org.skep.testkit.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries the threads of a world one at a time, each until it waits, in an order that a seed
 * chooses; time passes only when all of them wait. One platform thread, the one that made it,
 * drives it; everything that is said to it comes from there or from the threads it carries.
 */
final class Scheduler implements Executor {
  /** What a step of a thread takes, so that who looks at the clock in a circle gets on. */
  private static final long STEP_NANOS = 10_000;

  /** Steps without anybody waiting for time: more is a circle. */
  private static final int STEPS_AT_ONCE_MAX = 2_000_000;

  private final RandomGenerator choice;
  private final Thread driver = Thread.currentThread();
  private final List<Runnable> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.<Timer>comparingLong(timer -> timer.atNanos)
              .thenComparingLong(timer -> timer.number));

  /** Of threads that were resumed by somebody who is not of this world. */
  private final Queue<Runnable> strays = new ConcurrentLinkedQueue<>();

  private long nowNanos;
  private long timersSet;
  private long steps;
  private long print = 0xcbf2_9ce4_8422_2325L;

  Scheduler(RandomGenerator choice) {
    this.choice = choice;
  }

  /** Something that happens at a time, unless it is called off before. */
  static final class Timer {
    private final long atNanos;
    private final long number;
    private final Runnable action;
    private boolean calledOff;

    private Timer(long atNanos, long number, Runnable action) {
      this.atNanos = atNanos;
      this.number = number;
      this.action = action;
    }

    void callOff() {
      calledOff = true;
    }
  }

  /** Fresh threads of this world. */
  Supplier<Thread.Builder> threads() {
    return () -> WorldThreads.on(this);
  }

  /** Called by the JDK when a thread can go on. */
  @Override
  public void execute(Runnable thread) {
    Thread caller = Thread.currentThread();
    if (caller.equals(driver) || caller.isVirtual()) {
      ready.add(thread);
    } else {
      strays.add(thread);
    }
  }

  /** Since the world began. */
  long nowNanos() {
    return nowNanos;
  }

  /** So many times a thread was carried. */
  long steps() {
    return steps;
  }

  /** A number that is another one as soon as anything was chosen otherwise or at another time. */
  long print() {
    return print;
  }

  /** Has something done on the driver's thread, which must not wait, when the time has passed. */
  Timer in(Duration time, Runnable action) {
    return inNanos(time.toNanos(), action);
  }

  Timer inNanos(long nanos, Runnable action) {
    // What waits for ever must not come round to the past.
    long at = nowNanos + Math.min(Math.max(0, nanos), Long.MAX_VALUE / 4);
    Timer timer = new Timer(at, timersSet++, action);
    timers.add(timer);
    return timer;
  }

  /**
   * Ends a wait, and carries whoever waited before anybody else, so that nobody can tell it to end
   * for another reason in between.
   */
  void interrupt(Thread waiting) {
    int before = ready.size();
    waiting.interrupt();
    if (ready.size() > before) {
      carry(ready.removeLast());
    }
  }

  /**
   * Lets the world go on.
   *
   * @param atMost of its time
   * @param until looked at after each step
   * @return whether that came true
   * @throws IllegalStateException when a thread was resumed from outside, or somebody never waits
   */
  boolean run(Duration atMost, BooleanSupplier until) {
    long endNanos = nowNanos + atMost.toNanos();
    long stepsAtOnce = 0;
    while (!until.getAsBoolean()) {
      refuseStrays();
      Timer next = firstTimer();
      if (next != null && next.atNanos <= nowNanos) {
        timers.remove();
        note(next.number);
        next.action.run();
      } else if (!ready.isEmpty()) {
        if (++stepsAtOnce > STEPS_AT_ONCE_MAX) {
          throw new IllegalStateException("somebody goes on and on without waiting for time");
        }
        step();
      } else if (next == null || next.atNanos > endNanos) {
        nowNanos = Math.max(nowNanos, endNanos);
        return until.getAsBoolean();
      } else {
        nowNanos = next.atNanos;
        stepsAtOnce = 0;
      }
      if (nowNanos > endNanos) {
        return until.getAsBoolean();
      }
    }
    return true;
  }

  private @Nullable Timer firstTimer() {
    Timer first = timers.peek();
    while (first != null && first.calledOff) {
      timers.remove();
      first = timers.peek();
    }
    return first;
  }

  private void step() {
    int chosen = ready.size() == 1 ? 0 : choice.nextInt(ready.size());
    note(chosen * 31L + ready.size());
    Runnable thread = ready.get(chosen);
    Runnable last = ready.removeLast();
    if (chosen < ready.size()) {
      ready.set(chosen, last);
    }
    carry(thread);
  }

  private void carry(Runnable thread) {
    steps++;
    nowNanos += STEP_NANOS;
    thread.run();
  }

  private void note(long what) {
    print = (print ^ what ^ nowNanos << 8) * 0x100_0000_01b3L;
  }

  private void refuseStrays() {
    if (!strays.isEmpty()) {
      throw new IllegalStateException(
          "a thread waited by the machine's time or monitors, past the doors `Clock` and `Tasks`");
    }
  }
}
