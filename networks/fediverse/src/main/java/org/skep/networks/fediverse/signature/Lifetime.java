package org.skep.networks.fediverse.signature;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long a signed request is taken. As Mastodon judges it: five minutes where nothing else is
 * signed, twelve hours at most, and an hour more on both sides for clocks that go wrong.
 */
final class Lifetime {
  static final long USUAL_MILLIS = Duration.ofMinutes(5).toMillis();
  static final long MAX_MILLIS = Duration.ofHours(12).toMillis();
  static final long SKEW_MILLIS = Duration.ofHours(1).toMillis();

  private Lifetime() {}

  /**
   * The end, skew included.
   *
   * @throws Refusal when it is over, or has not begun
   */
  static long end(long createdMillis, Optional<Long> expiresMillis, long nowMillis) throws Refusal {
    if (createdMillis > nowMillis + SKEW_MILLIS) {
      throw new Refusal("It was signed in the future.");
    }
    long wished = expiresMillis.orElse(createdMillis + USUAL_MILLIS);
    long end = Math.min(wished, createdMillis + MAX_MILLIS) + SKEW_MILLIS;
    if (nowMillis > end) {
      throw new Refusal("It was signed too long ago.");
    }
    return end;
  }
}
