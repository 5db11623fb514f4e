package org.skep.networks.scuttlebutt.message;

import org.skep.wire.crypto.Ed25519;

/**
 * Says whether a message is its author's. Pure; any thread; the costly part of a message's check.
 * Where the message stands in its feed is for whoever keeps the feed to see.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "Message format"; ssb-validate 4.1.4, {@code
 * checkInvalid}.
 */
public final class ClassicValidator {
  private final SignCap signCap;

  /**
   * @param signCap the network's, {@link SignCap#NONE} on the main network
   */
  public ClassicValidator(SignCap signCap) {
    this.signCap = signCap;
  }

  /** What a message is worth. */
  public sealed interface Verdict {}

  /** The message is signed by its author. */
  public record Valid() implements Verdict {}

  /**
   * The message is worthless.
   *
   * @param reason why, in plain words
   */
  public record Invalid(String reason) implements Verdict {}

  /** Whether the signature is the author's; says nothing of the message's place in the feed. */
  public Verdict check(ClassicMessage message) {
    return Ed25519.verify(
            message.author().key(), signCap.toSign(message.signedText()), message.signature())
        ? new Valid()
        : new Invalid("the signature is not the author's over this message");
  }
}
