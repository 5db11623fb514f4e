package org.skep.testkit.world;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What happens to packets on the way from one machine to another.
 *
 * @param shortest how long one takes at least
 * @param longest and at most; where that is more, later ones may overtake
 * @param lost of a thousand
 * @param doubled of a thousand
 * @param bytesPerSecond how many leave
 */
record Weather(Duration shortest, Duration longest, int lost, int doubled, long bytesPerSecond) {
  static final Weather FAIR =
      new Weather(Duration.ofMillis(1), Duration.ofMillis(2), 0, 0, 10_000_000);

  private static final int OF = 1_000;

  /** Any, from a cable to a mobile phone in a train. */
  static Weather some(RandomGenerator random) {
    Duration shortest = Duration.ofMillis(1L << random.nextInt(9));
    return new Weather(
        shortest,
        shortest.plusMillis(random.nextInt(1 + (int) shortest.toMillis() * 4)),
        random.nextInt(3) == 0 ? random.nextInt(300) : random.nextInt(10),
        random.nextInt(50),
        20_000L << random.nextInt(10));
  }

  boolean loses(RandomGenerator random) {
    return random.nextInt(OF) < lost;
  }

  boolean doubles(RandomGenerator random) {
    return random.nextInt(OF) < doubled;
  }

  long takesNanos(RandomGenerator random) {
    long shortestNanos = shortest.toNanos();
    return shortestNanos + random.nextLong(longest.toNanos() - shortestNanos + 1);
  }

  long leavesAfterNanos(int bytes) {
    return bytes * 1_000_000_000L / bytesPerSecond;
  }
}
