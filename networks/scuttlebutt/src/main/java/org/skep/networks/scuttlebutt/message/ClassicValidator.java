package org.skep.networks.scuttlebutt.message;

import java.util.Optional;
import org.skep.wire.crypto.Ed25519;

/**
 * Says whether a message is its author's and is the next one of its feed. Pure; any thread; the
 * signature check is the costly part.
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

  /** The message may be kept: signed by its author, and next in its feed where that was asked. */
  public record Valid() implements Verdict {}

  /**
   * The message is worthless.
   *
   * @param reason why, in plain words
   */
  public record Invalid(String reason) implements Verdict {}

  /**
   * The message does not come next: it is known already, or others are missing before it.
   *
   * @param expectedSequence what would come next
   */
  public record NotNext(long expectedSequence, String reason) implements Verdict {}

  /**
   * The message is signed by its author and would come next, but follows another message than the
   * one that is known: the author's key signed two histories.
   */
  public record Forked(String reason) implements Verdict {}

  /** Whether the signature is the author's; says nothing of the message's place in the feed. */
  public Verdict check(ClassicMessage message) {
    return Ed25519.verify(
            message.author().key(), signCap.toSign(message.signedText()), message.signature())
        ? new Valid()
        : new Invalid("the signature is not the author's over this message");
  }

  /**
   * Whether the message comes next in its author's feed and is signed by the author. The cheap
   * checks come first.
   *
   * @param state how far the feed of <em>this author</em> is known
   */
  public Verdict next(FeedState state, ClassicMessage message) {
    long expected =
        switch (state) {
          case FeedState.Empty _ -> 1;
          case FeedState.Head head -> head.sequence() + 1;
        };
    if (message.sequence() != expected) {
      return new NotNext(
          expected,
          "message " + expected + " of the feed comes next, this is message " + message.sequence());
    }
    Verdict signature = check(message);
    Optional<MessageId> last =
        switch (state) {
          case FeedState.Empty _ -> Optional.empty();
          case FeedState.Head head -> Optional.of(head.id());
        };
    if (signature instanceof Valid && !message.previous().equals(last)) {
      return new Forked(
          "message " + expected + " follows another message than the one known here (a fork)");
    }
    return signature;
  }
}
