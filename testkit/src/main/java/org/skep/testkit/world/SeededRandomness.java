package org.skep.testkit.world;

import java.util.SplittableRandom;
import org.skep.kernel.Randomness;

/** Randomness that is the same each time; never for keys that matter. */
final class SeededRandomness implements Randomness {
  private final SplittableRandom source;

  SeededRandomness(SplittableRandom source) {
    this.source = source;
  }

  @Override
  public void fill(byte[] target) {
    source.nextBytes(target);
  }
}
