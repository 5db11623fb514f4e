package org.skep.networks.home.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.StrictEd25519;

/**
 * Whether an operation is true: by itself, and as the next of its log. Source: p2panda-core {@code
 * operation.rs} ({@code validate_operation}, {@code validate_backlink}) and {@code prune.rs}
 * ({@code validate_prunable_backlink}). Pure; any thread.
 */
public final class OperationValidator {
  private OperationValidator() {}

  /** Empty when the signature is the author's and a body, if given, is the one that was signed. */
  public static Optional<Refusal> refusal(Operation operation) {
    Header header = operation.header();
    if (!StrictEd25519.verify(
        header.author(), OperationCodec.encodeUnsigned(header), header.signature())) {
      return Optional.of(Refusal.SIGNATURE_MISMATCH);
    }
    Bytes body = operation.body();
    return body == null || isTheOneSigned(body, header)
        ? Optional.empty()
        : Optional.of(Refusal.BODY_MISMATCH);
  }

  private static boolean isTheOneSigned(Bytes body, Header header) {
    Bytes hash = header.payloadHash();
    return hash != null
        && body.length() == header.payloadSizeBytes()
        && Digests.blake3(body).equals(hash);
  }

  /**
   * Empty when the operation may stand after {@code last} in its log. Both are taken to be true by
   * themselves.
   *
   * @param last the last operation known of this author and log; null when none is
   */
  public static Optional<Refusal> refusalAfter(@Nullable Operation last, Operation operation) {
    Header header = operation.header();
    if (last != null) {
      if (!last.header().author().equals(header.author())) {
        return Optional.of(Refusal.OTHER_AUTHOR);
      }
      if (!last.header().extensions().log().equals(header.extensions().log())) {
        return Optional.of(Refusal.OTHER_LOG);
      }
    }
    if (header.sequence() > 0 && header.extensions().prune()) {
      return refusalOfPrunePoint(last, header);
    }
    if (last == null) {
      return header.sequence() == 0 ? Optional.empty() : Optional.of(Refusal.PREDECESSOR_MISSING);
    }
    if (header.sequence() != last.header().sequence() + 1) {
      return Optional.of(Refusal.SEQUENCE_NOT_NEXT);
    }
    return last.id().equals(header.backlink())
        ? Optional.empty()
        : Optional.of(Refusal.BACKLINK_MISMATCH);
  }

  /**
   * Nothing before a prune point is demanded, so that every node accepts it whatever it still has.
   * It may leap forward but never back.
   */
  private static Optional<Refusal> refusalOfPrunePoint(@Nullable Operation last, Header header) {
    return last == null || last.header().sequence() < header.sequence()
        ? Optional.empty()
        : Optional.of(Refusal.SEQUENCE_NOT_NEXT);
  }
}
