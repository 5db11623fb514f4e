package org.skep.networks.home.operation;

import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;

/**
 * The name of an operation for ever: BLAKE3 of its signed header.
 *
 * @param bytes exactly 32 bytes
 */
public record OperationId(Bytes bytes) implements Comparable<OperationId> {
  public static final int LENGTH_BYTES = 32;

  public OperationId {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("an operation id has 32 bytes, not " + bytes.length());
    }
  }

  /** The id of the operation with this signed header. */
  public static OperationId ofHeader(Bytes signedHeader) {
    return new OperationId(Digests.blake3(signedHeader));
  }

  @Override
  public int compareTo(OperationId other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
