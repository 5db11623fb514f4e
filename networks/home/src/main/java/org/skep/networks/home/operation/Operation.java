package org.skep.networks.home.operation;

import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;

/**
 * One record of a home log, in the right shape; whether it is true is the {@link
 * OperationValidator}'s to say.
 *
 * @param id BLAKE3 of {@code headerBytes}
 * @param header the signed part
 * @param headerBytes the header as it was received or written
 * @param body 1 byte or more; absent when the operation never had one or it was deleted
 */
public record Operation(OperationId id, Header header, Bytes headerBytes, @Nullable Bytes body) {

  /** The same without its body: what remains after a deletion, and still verifies. */
  public Operation withoutBody() {
    return new Operation(id, header, headerBytes, null);
  }
}
