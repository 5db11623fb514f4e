package org.skep.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;

/**
 * How long what is held waits. The wall clock decides once, when something is first seen, because
 * that is all that outlives a restart; from then on one that nobody can set: a clock that is put
 * right meanwhile must neither let out early what can still be undone nor keep it for years. One
 * thread.
 */
final class HeldWaits {
  private final Clock clock;
  private Map<Long, Wait> byOperation = Map.of();

  HeldWaits(Clock clock) {
    this.clock = clock;
  }

  /**
   * Something held.
   *
   * @param trouble why it did not go out when it was due; empty where it was not yet
   * @param dueMillis by the wall clock
   * @param seconds for how long the account holds back now
   */
  record Held(long operation, AccountId account, String trouble, long dueMillis, int seconds) {}

  /** Until when something waits, by a clock that nobody can set. */
  record Wait(Held held, long endNanos) {
    Duration left(Clock clock) {
      return Duration.ofNanos(endNanos - clock.monotonicNanos());
    }
  }

  /**
   * Looks at all that is held; answers what goes out first, empty while nothing is held.
   *
   * @param all in the order in which it was written. Of each account the first alone may go out, so
   *     that nothing overtakes what it follows.
   */
  Optional<Wait> first(List<Held> all) {
    Map<Long, Wait> still = new HashMap<>();
    Map<AccountId, Wait> firsts = new HashMap<>();
    for (Held held : all) {
      Wait wait =
          Optional.ofNullable(byOperation.get(held.operation()))
              .filter(known -> known.held().dueMillis() == held.dueMillis())
              .map(known -> new Wait(held, known.endNanos()))
              .orElseGet(() -> begin(held));
      still.put(held.operation(), wait);
      firsts.putIfAbsent(held.account(), wait);
    }
    byOperation = still;
    long now = clock.monotonicNanos();
    return firsts.values().stream()
        .min(
            Comparator.<Wait>comparingLong(wait -> wait.endNanos() - now)
                .thenComparingLong(wait -> wait.held().operation()));
  }

  private Wait begin(Held held) {
    Duration wait = Duration.ofMillis(Math.max(0, held.dueMillis() - clock.wallMillis()));
    Duration longest = Duration.ofSeconds(Actions.HOLD_BACK_SECONDS_MAX);
    if (wait.compareTo(longest) > 0) {
      // Nothing is held for so long: it was another clock that said so.
      wait = held.seconds() > 0 ? Duration.ofSeconds(held.seconds()) : longest;
    }
    return new Wait(held, clock.monotonicNanos() + wait.toNanos());
  }
}
