package org.skep.networks.home.operation;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Digests;

/** Writes and signs operations. Any thread. */
public final class OperationAuthor {
  private static final Bytes NOT_YET_SIGNED = Bytes.wrap(new byte[Header.SIGNATURE_BYTES]);

  private OperationAuthor() {}

  /**
   * @param author whose operation it is
   * @param sign the author's Ed25519 signature (64 bytes) over what it is given
   * @param sequence 0, or one more than the operation's that {@code backlink} names
   * @param backlink the operation before it in its log; null for the first
   * @param body 1 byte to {@link OperationCodec#BODY_BYTES_MAX}; null for none
   * @throws IllegalArgumentException when the parts don't fit together or are too long
   */
  public static Operation write(
      PublicKey author,
      UnaryOperator<Bytes> sign,
      long sequence,
      @Nullable OperationId backlink,
      Extensions extensions,
      @Nullable Bytes body) {
    int sizeBytes = body == null ? 0 : body.length();
    @Nullable Bytes hash = body == null ? null : Digests.blake3(body);
    Header unsigned =
        new Header(author, NOT_YET_SIGNED, sizeBytes, hash, sequence, backlink, extensions);
    Bytes signature = sign.apply(OperationCodec.encodeUnsigned(unsigned));
    Header header = new Header(author, signature, sizeBytes, hash, sequence, backlink, extensions);
    Bytes bytes = OperationCodec.encodeHeader(header);
    if (bytes.length() > OperationCodec.HEADER_BYTES_MAX) {
      throw new IllegalArgumentException("extensions too long: a header of " + bytes.length());
    }
    return new Operation(OperationId.ofHeader(bytes), header, bytes, body);
  }
}
