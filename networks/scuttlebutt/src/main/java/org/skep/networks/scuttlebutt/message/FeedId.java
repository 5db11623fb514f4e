package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Names a feed by the key that signs it: {@code @…=.ed25519}. Its text is made once. Any thread.
 */
public final class FeedId {
  private static final char SIGIL = '@';
  private static final String SUFFIX = ".ed25519";
  private static final String URI_TYPE = "feed";
  private static final List<String> URI_FORMATS = List.of("classic", "ed25519");

  private final PublicKey key;

  /** The sigil form, once somebody has asked for it; two who ask at once make the same. */
  private @Nullable String text;

  /**
   * @param key 32 bytes
   */
  public FeedId(PublicKey key) {
    this.key = key;
  }

  public PublicKey key() {
    return key;
  }

  /** Reads the sigil form, in canonical base64; empty for anything else. */
  public static Optional<FeedId> ofSigil(String text) {
    return Sigils.fromSigil(text, SIGIL, SUFFIX)
        .map(bytes -> {
          FeedId id = of(bytes);
          id.text = text;
          return id;
        });
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeedId that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The sigil form. */
  @Override
  public String toString() {
    String made = text;
    if (made == null) {
      made = Sigils.toSigil(SIGIL, key.bytes(), SUFFIX);
      text = made;
    }
    return made;
  }
}
