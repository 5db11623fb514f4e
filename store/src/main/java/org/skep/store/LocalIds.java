package org.skep.store;

import java.util.Optional;
import org.skep.kernel.Facts.Shown;
import org.skep.kernel.Tx;

/**
 * Gives each fact its {@code localId}: milliseconds in the upper bits and a counter in the lower
 * 16, as Mastodon's ids, so that sorting by id is sorting by time. News takes the time of arrival
 * and stands above all that was given before; history takes the time it is shown under. Always 18
 * decimal digits: times before May 2018 are squeezed, in order, into the one day after the first
 * such id. See decision 003.
 */
final class LocalIds {
  /** The first millisecond whose id has 18 digits: 2018-05-09T15:15:06Z. */
  static final long FIRST_MILLIS = (100_000_000_000_000_000L >> 16) + 1;

  private static final long COUNTER_MAX = 0xffff;

  private static final long SQUEEZE_DAY_MILLIS = 86_400_000L;

  /** The last millisecond whose id has 18 digits, in the year 2453. */
  private static final long LAST_MILLIS = (999_999_999_999_999_999L >> 16) - 1;

  private LocalIds() {}

  static long next(Tx tx, Shown shown) {
    Newest key = new Newest();
    long newest = tx.once(key, () -> Optional.of(newest(tx))).orElseThrow();
    // History is never above what arrives now, whatever its author's clock said.
    long id =
        shown.news()
            ? free(tx, Math.max(newest + 1, at(shown.receivedMillis())))
            : free(tx, at(Math.min(shown.effectiveMillis(), shown.receivedMillis())));
    // History counts too: if our own clock jumps back afterwards, news must still come on top.
    if (id > newest) {
      tx.run(
          "INSERT INTO counter (name, value) VALUES ('news', ?)"
              + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          id);
      tx.forget(key);
    }
    return id;
  }

  /** For the greatest id that was given. */
  private record Newest() {}

  private static long newest(Tx tx) {
    return tx.number("SELECT value FROM counter WHERE name = 'news'").orElse(0L);
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

  /**
   * The first free number from here on, a millisecond at a time: many facts may claim one time, and
   * each must still find its number in one step.
   */
  private static long free(Tx tx, long from) {
    long start = from;
    while (true) {
      long end = start | COUNTER_MAX;
      Optional<Long> taken =
          tx.number(
              "SELECT max(id) FROM (SELECT max(local_id) AS id FROM fact"
                  + " WHERE local_id BETWEEN ? AND ? UNION ALL SELECT max(local_id)"
                  + " FROM released_id WHERE local_id BETWEEN ? AND ?)",
              start,
              end,
              start,
              end);
      if (taken.isEmpty()) {
        return start;
      }
      if (taken.get() < end) {
        return taken.get() + 1;
      }
      start = end + 1;
    }
  }
}
