package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Names a feed by the key that signs it: {@code @…=.ed25519}.
 *
 * @param key 32 bytes
 */
public record FeedId(PublicKey key) {
  private static final char SIGIL = '@';
  private static final String SUFFIX = ".ed25519";
  private static final String URI_TYPE = "feed";
  private static final List<String> URI_FORMATS = List.of("classic", "ed25519");

  /** Reads the sigil form, in canonical base64; empty for anything else. */
  public static Optional<FeedId> ofSigil(String text) {
    return Sigils.fromSigil(text, SIGIL, SUFFIX).map(FeedId::of);
  }

  /** Reads an {@code ssb:} URI (SIP 1, deprecated forms included); empty for anything else. */
  public static Optional<FeedId> ofUri(String text) {
    return Sigils.fromUri(text, URI_TYPE, URI_FORMATS).map(FeedId::of);
  }

  /** Reads either form, for what people paste; messages themselves hold sigils only. */
  public static Optional<FeedId> parse(String text) {
    return ofSigil(text).or(() -> ofUri(text));
  }

  private static FeedId of(Bytes bytes) {
    return new FeedId(new PublicKey(bytes));
  }

  /** The sigil form. */
  @Override
  public String toString() {
    return Sigils.toSigil(SIGIL, key.bytes(), SUFFIX);
  }
}
