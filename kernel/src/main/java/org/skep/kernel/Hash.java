package org.skep.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest: the name under which this program keeps a blob.
 *
 * @param bytes exactly 32 bytes
 */
public record Hash(Bytes bytes) {
  public static final int LENGTH_BYTES = 32;

  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  public Hash {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length());
    }
  }

  /** Reads 64 hexadecimal digits in lower case; empty for anything else. */
  public static Optional<Hash> ofHex(String digits) {
    return DIGITS.matcher(digits).matches()
        ? Optional.of(new Hash(Bytes.ofHex(digits)))
        : Optional.empty();
  }

  /** 64 hexadecimal digits in lower case. */
  @Override
  public String toString() {
    return bytes.hex();
  }
}
