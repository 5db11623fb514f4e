package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/**
 * Names a message by the hash of its text: {@code %…=.sha256}.
 *
 * @param hash 32 bytes
 */
public record MessageId(Hash hash) {
  private static final char SIGIL = '%';
  private static final String SUFFIX = ".sha256";
  private static final String URI_TYPE = "message";
  private static final List<String> URI_FORMATS = List.of("classic", "sha256");

  /** Reads the sigil form, in canonical base64; empty for anything else. */
  public static Optional<MessageId> ofSigil(String text) {
    return Sigils.fromSigil(text, SIGIL, SUFFIX).map(MessageId::of);
  }

  /** Reads an {@code ssb:} URI (SIP 1, deprecated forms included); empty for anything else. */
  public static Optional<MessageId> ofUri(String text) {
    return Sigils.fromUri(text, URI_TYPE, URI_FORMATS).map(MessageId::of);
  }

  /** Reads either form, for what people paste; messages themselves hold sigils only. */
  public static Optional<MessageId> parse(String text) {
    return ofSigil(text).or(() -> ofUri(text));
  }

  private static MessageId of(Bytes bytes) {
    return new MessageId(new Hash(bytes));
  }

  /** The sigil form. */
  @Override
  public String toString() {
    return Sigils.toSigil(SIGIL, hash.bytes(), SUFFIX);
  }
}
