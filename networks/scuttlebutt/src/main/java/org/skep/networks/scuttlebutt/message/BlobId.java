package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/**
 * Names a blob by the hash of its bytes: {@code &…=.sha256}.
 *
 * @param hash 32 bytes
 */
public record BlobId(Hash hash) {
  private static final char SIGIL = '&';
  private static final String SUFFIX = ".sha256";
  private static final String URI_TYPE = "blob";
  private static final List<String> URI_FORMATS = List.of("classic", "sha256");

  /** Reads the sigil form, in canonical base64; empty for anything else. */
  public static Optional<BlobId> ofSigil(String text) {
    return Sigils.fromSigil(text, SIGIL, SUFFIX).map(BlobId::of);
  }

  /** Reads an {@code ssb:} URI (SIP 1, deprecated forms included); empty for anything else. */
  public static Optional<BlobId> ofUri(String text) {
    return Sigils.fromUri(text, URI_TYPE, URI_FORMATS).map(BlobId::of);
  }

  /** Reads either form, for what people paste; messages themselves hold sigils only. */
  public static Optional<BlobId> parse(String text) {
    return ofSigil(text).or(() -> ofUri(text));
  }

  private static BlobId of(Bytes bytes) {
    return new BlobId(new Hash(bytes));
  }

  /** The sigil form. */
  @Override
  public String toString() {
    return Sigils.toSigil(SIGIL, hash.bytes(), SUFFIX);
  }
}
