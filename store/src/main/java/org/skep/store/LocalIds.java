package org.skep.store;

import org.skep.kernel.Facts.Shown;
import org.skep.kernel.Tx;

/**
 * Gives each fact its {@code localId}: milliseconds in the upper bits and a counter in the lower
 * 16, as Mastodon's ids, so that sorting by id is sorting by time. News takes the time of arrival
 * and only grows; history takes the time it is shown under. Always 18 decimal digits: times before
 * May 2018 are squeezed, in order, into the one day after the first such id. See decision 003.
 */
final class LocalIds {
  /** The first millisecond whose id has 18 digits: 2018-05-09T15:15:06Z. */
  static final long FIRST_MILLIS = (100_000_000_000_000_000L >> 16) + 1;

  private static final long SQUEEZE_DAY_MILLIS = 86_400_000L;

  /** The last millisecond whose id has 18 digits, in the year 2453. */
  private static final long LAST_MILLIS = (999_999_999_999_999_999L >> 16) - 1;

  private LocalIds() {}

  static long next(Tx tx, Shown shown) {
    if (shown.news()) {
      long last = tx.number("SELECT value FROM counter WHERE name = 'news'").orElse(0L);
      long id = free(tx, Math.max(last + 1, at(shown.receivedMillis())));
      tx.run(
          "INSERT INTO counter (name, value) VALUES ('news', ?)"
              + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          id);
      return id;
    }
    // History is never above what arrives now, whatever its author's clock said.
    return free(tx, at(Math.min(shown.effectiveMillis(), shown.receivedMillis())));
  }

  static long at(long millis) {
    long squeezeEnd = FIRST_MILLIS + SQUEEZE_DAY_MILLIS;
    long time =
        millis >= squeezeEnd
            ? Math.min(millis, LAST_MILLIS)
            : FIRST_MILLIS
                + (long) ((double) Math.max(millis, 0) / squeezeEnd * SQUEEZE_DAY_MILLIS);
    return time << 16;
  }

  private static long free(Tx tx, long from) {
    long id = from;
    while (tx.number("SELECT 1 FROM fact WHERE local_id = ?", id).isPresent()) {
      id++;
    }
    return id;
  }
}
