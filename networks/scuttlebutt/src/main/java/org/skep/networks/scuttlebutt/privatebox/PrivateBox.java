package org.skep.networks.scuttlebutt.privatebox;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.SecretBox;
import org.skep.wire.crypto.X25519;

/**
 * The box itself: 24 bytes nonce, 32 bytes one-time public key, for each reader a slot of 49 bytes,
 * then the content. A slot is the number of slots and the content's key, sealed for one reader with
 * what the one-time key and hers agree on; all boxes share the nonce. Any thread.
 *
 * <p>Source: private-box 0.3.1, {@code index.js}.
 */
public final class PrivateBox {
  /** As many as old programs look for; what is written has no more. */
  public static final int READERS_MAX = 7;

  private static final int SLOT_KEY_BYTES = 1 + SecretBox.KEY_BYTES;
  private static final int SLOT_BYTES = SLOT_KEY_BYTES + SecretBox.MAC_BYTES;
  private static final int SLOTS_AT = SecretBox.NONCE_BYTES + X25519.KEY_BYTES;

  private PrivateBox() {}

  /**
   * What is random in a box, fresh for each.
   *
   * @param nonce 24 bytes
   * @param contentKey 32 secret bytes
   * @param oneTimeSecret 32 secret bytes
   */
  public record Fresh(Bytes nonce, Bytes contentKey, Bytes oneTimeSecret) {}

  /**
   * @param box what everybody gets
   * @param key opens it again with {@link #read}
   */
  public record Boxed(Bytes box, Bytes key) {}

  /**
   * @param readers their X25519 public keys, 1 to {@link #READERS_MAX}
   * @return empty when one of the readers' keys is of low order
   * @throws IllegalArgumentException when there are none or too many
   */
  public static Optional<Boxed> seal(Bytes content, List<Bytes> readers, Fresh fresh) {
    if (readers.isEmpty() || readers.size() > READERS_MAX) {
      throw new IllegalArgumentException("a box has 1 to 7 readers, not " + readers.size());
    }
    Bytes key = Bytes.concat(Bytes.wrap(new byte[] {(byte) readers.size()}), fresh.contentKey());
    Bytes[] parts = new Bytes[readers.size() + 3];
    int next = 0;
    parts[next++] = fresh.nonce();
    parts[next++] = X25519.publicKey(fresh.oneTimeSecret());
    for (Bytes reader : readers) {
      Optional<Bytes> shared = X25519.agree(fresh.oneTimeSecret(), reader);
      if (shared.isEmpty()) {
        return Optional.empty();
      }
      parts[next++] = SecretBox.seal(shared.get(), fresh.nonce(), key);
    }
    parts[next] = SecretBox.seal(fresh.contentKey(), fresh.nonce(), content);
    return Optional.of(new Boxed(Bytes.concat(parts), key));
  }

  /**
   * Tries one reader's key on each slot.
   *
   * @param agree X25519 of the reader's secret with a public key
   * @return what {@link #read} takes; empty when the box is for others, or is none
   */
  public static Optional<Bytes> open(Bytes box, Function<Bytes, Optional<Bytes>> agree) {
    if (box.length() < SLOTS_AT + SLOT_BYTES + SecretBox.MAC_BYTES) {
      return Optional.empty();
    }
    Bytes nonce = box.slice(0, SecretBox.NONCE_BYTES);
    Optional<Bytes> shared = agree.apply(box.slice(SecretBox.NONCE_BYTES, SLOTS_AT));
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    for (int at = SLOTS_AT;
        at + SLOT_BYTES + SecretBox.MAC_BYTES <= box.length();
        at += SLOT_BYTES) {
      Optional<Bytes> key = SecretBox.open(shared.get(), nonce, box.slice(at, at + SLOT_BYTES));
      if (key.isPresent()) {
        return key;
      }
    }
    return Optional.empty();
  }

  /**
   * The content.
   *
   * @param key from {@link #open} or {@link #seal}
   * @return empty when it is another box's key
   */
  public static Optional<Bytes> read(Bytes box, Bytes key) {
    if (key.length() != SLOT_KEY_BYTES) {
      return Optional.empty();
    }
    int contentAt = SLOTS_AT + (key.get(0) & 0xff) * SLOT_BYTES;
    return contentAt > box.length()
        ? Optional.empty()
        : SecretBox.open(
            key.slice(1, SLOT_KEY_BYTES),
            box.slice(0, SecretBox.NONCE_BYTES),
            box.slice(contentAt, box.length()));
  }
}
