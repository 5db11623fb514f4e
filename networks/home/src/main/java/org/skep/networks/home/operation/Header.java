package org.skep.networks.home.operation;

import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * The signed part of an operation, version 1. It names its body only by size and hash, so that the
 * body may be deleted and the chain still verifies.
 *
 * @param author whose operation it is: the key of one machine of a person
 * @param signature 64 bytes over the header without its signature
 * @param payloadSizeBytes length of the body, 0 to {@link OperationCodec#BODY_BYTES_MAX}; 0 when
 *     the operation never had one
 * @param payloadHash BLAKE3 of the body, 32 bytes; present exactly when the size is over 0
 * @param sequence place in the author's log, from 0 to 2^32 - 1
 * @param backlink the operation before it in the same log; present exactly when the sequence number
 *     is over 0
 * @param extensions what Skep adds
 */
public record Header(
    PublicKey author,
    Bytes signature,
    int payloadSizeBytes,
    @Nullable Bytes payloadHash,
    long sequence,
    @Nullable OperationId backlink,
    Extensions extensions) {
  /** The only version this program knows. */
  public static final int VERSION = 1;

  public static final int PAYLOAD_HASH_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;
  public static final long SEQUENCE_MAX = 0xffff_ffffL;

  public Header {
    demand(signature.length() == SIGNATURE_BYTES, "a signature has 64 bytes");
    demand(
        payloadSizeBytes >= 0 && payloadSizeBytes <= OperationCodec.BODY_BYTES_MAX,
        "a body has at most 1 MiB");
    demand(
        payloadHash == null
            ? payloadSizeBytes == 0
            : payloadSizeBytes > 0 && payloadHash.length() == PAYLOAD_HASH_BYTES,
        "a header has a payload hash of 32 bytes exactly when its body has bytes");
    demand(sequence >= 0 && sequence <= SEQUENCE_MAX, "a sequence number is unsigned, 32 bits");
    demand(
        (backlink == null) == (sequence == 0),
        "a header has a backlink exactly when it is not the first of its log");
  }

  private static void demand(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
