package org.skep.engine;

import java.util.Optional;

/**
 * The time a fact is shown under. Claimed times are foreign: they may lie in the future, before the
 * network existed, or be no time at all. See decision 003.
 */
final class EffectiveTime {
  /** Clocks of honest people differ by this much. */
  static final long TOLERANCE_MILLIS = 10 * 60 * 1000L;

  /** 2014-01-01: no network of ours has anything older. */
  static final long EARLIEST_MILLIS = 1_388_534_400_000L;

  private EffectiveTime() {}

  /** Whether a claimed time may be true, as far as our own clock can tell. */
  static boolean isCredible(long claimed, long received) {
    return claimed >= EARLIEST_MILLIS && claimed <= received + TOLERANCE_MILLIS;
  }

  /**
   * @param claimed what the author says
   * @param received when it reached this node
   * @param news whether it just arrived, so that the time of arrival says something
   * @param previous the effective time of the entry before it in its log
   */
  static long of(long claimed, long received, boolean news, Optional<Long> previous) {
    if (isCredible(claimed, received)) {
      return claimed;
    }
    // Never beyond what a claim may reach, or a log would carry our own clock's error onwards.
    long fallback =
        previous
            .map(before -> Math.min(before + 1, received + TOLERANCE_MILLIS))
            .orElse(Math.min(received, EARLIEST_MILLIS));
    if (claimed < EARLIEST_MILLIS) {
      return fallback;
    }
    // One wrong clock, met on the first fetch of a long past, must not drag it all to today.
    return news ? received : fallback;
  }
}
