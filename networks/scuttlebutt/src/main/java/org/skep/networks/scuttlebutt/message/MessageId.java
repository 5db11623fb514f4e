package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/**
 * Names a message by the hash of its text: {@code %…=.sha256}. Its text is made once. Any thread.
 */
public final class MessageId {
  private static final char SIGIL = '%';
  private static final String SUFFIX = ".sha256";
  private static final String URI_TYPE = "message";
  private static final List<String> URI_FORMATS = List.of("classic", "sha256");

  private final Hash hash;

  /** The sigil form, once somebody has asked for it; two who ask at once make the same. */
  private @Nullable String text;

  /**
   * @param hash 32 bytes
   */
  public MessageId(Hash hash) {
    this.hash = hash;
  }

  public Hash hash() {
    return hash;
  }

  /** Reads the sigil form, in canonical base64; empty for anything else. */
  public static Optional<MessageId> ofSigil(String text) {
    return Sigils.fromSigil(text, SIGIL, SUFFIX)
        .map(bytes -> {
          MessageId id = of(bytes);
          id.text = text;
          return id;
        });
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageId that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  /** The sigil form. */
  @Override
  public String toString() {
    String made = text;
    if (made == null) {
      made = Sigils.toSigil(SIGIL, hash.bytes(), SUFFIX);
      text = made;
    }
    return made;
  }
}
