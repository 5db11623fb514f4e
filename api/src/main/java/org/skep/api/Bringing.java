package org.skep.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;
import org.skep.kernel.Progress;
import org.skep.kernel.Undertaking;

/**
 * How far the files are that people have taken in, a part with each call, by the word of whoever
 * brings them. Any thread.
 */
final class Bringing {
  /** Whoever brings nothing for so long has broken off; a part may wait behind others. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private static final String WORDS = "Taking in a file";

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, File> files = new HashMap<>();

  Bringing(Clock clock) {
    this.clock = clock;
  }

  private record File(Undertaking work, long done, boolean measured, long heardNanos) {}

  /**
   * A part is being brought.
   *
   * @param done how much there is of the file with this part: of its bytes where the total is
   *     known, else of its messages
   * @param total how many bytes it has; 0 where nobody knows; no more than {@code done} when this
   *     is its end
   */
  void at(AccountId account, long done, long total) {
    lock.lock();
    try {
      boolean measured = total > 0;
      if (measured && done >= total) {
        files.remove(account);
        return;
      }
      Undertaking work =
          Optional.ofNullable(files.get(account))
              .filter(file -> file.done <= done && file.measured == measured && isHeard(file))
              .map(File::work)
              .orElseGet(() -> begin(measured));
      work.at(done, total);
      files.put(account, new File(work, done, measured, clock.monotonicNanos()));
    } finally {
      lock.unlock();
    }
  }

  private Undertaking begin(boolean measured) {
    return measured
        ? Undertaking.measured(clock, WORDS)
        : Undertaking.counted(clock, WORDS, "messages");
  }

  private boolean isHeard(File file) {
    return clock.monotonicNanos() - file.heardNanos < SILENCE_MAX.toNanos();
  }

  /** How far the account's is; empty where none is being brought. */
  Optional<Progress> of(AccountId account) {
    lock.lock();
    try {
      files.values().removeIf(file -> !isHeard(file));
      return Optional.ofNullable(files.get(account)).flatMap(file -> file.work.progress());
    } finally {
      lock.unlock();
    }
  }
}
