package org.skep.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How it is measured.
 *
 * @param sizes at least one; none for those of each benchmark
 * @param rounds how often each size is measured, at least once
 * @param idle how long a node with nothing to do is watched
 * @param picture where the results are drawn, if they are to be
 */
record Setting(List<Size> sizes, int rounds, Duration idle, Optional<Path> picture) {
  static final int ROUNDS = 3;

  /** Two of the rounds a node makes each quarter of an hour fall into it. */
  static final Duration IDLE = Duration.ofMinutes(32);

  /** What nobody has asked to be otherwise. */
  static final Setting USUAL = new Setting(List.of(), ROUNDS, IDLE, Optional.empty());

  Setting withSizes(List<Size> others) {
    return new Setting(others, rounds, idle, picture);
  }
}
