package org.skep.doors;

import java.security.SecureRandom;
import org.skep.kernel.Randomness;

/** The operating system's randomness. */
public final class SystemRandomness implements Randomness {
  private final SecureRandom source = new SecureRandom();

  @Override
  public void fill(byte[] target) {
    source.nextBytes(target);
  }
}
