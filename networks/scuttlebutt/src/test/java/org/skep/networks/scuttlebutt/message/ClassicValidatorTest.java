package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;

class ClassicValidatorTest {
  private static final Bytes SEED = Bytes.wrap(new byte[32]);
  private static final FeedId AUTHOR = new FeedId(Ed25519.publicKey(SEED));
  private static final MessageId ELSEWHERE = new MessageId(new Hash(Bytes.wrap(new byte[32])));

  private final ClassicValidator validator = new ClassicValidator(SignCap.NONE);
  private final ClassicAuthor author =
      new ClassicAuthor(AUTHOR, bytes -> Ed25519.sign(SEED, bytes), SignCap.NONE);

  private ClassicMessage post(FeedState state) {
    JsObject content = JsObject.EMPTY.with("type", "post").with("text", "hello");
    return assertInstanceOf(ClassicCodec.Parsed.class, author.write(state, 1, content)).message();
  }

  @Test
  void aFeedGoesOnMessageByMessage() {
    ClassicMessage first = post(FeedState.EMPTY);
    ClassicMessage second = post(FeedState.after(first));
    assertEquals(new ClassicValidator.Valid(), validator.next(FeedState.EMPTY, first));
    assertEquals(new ClassicValidator.Valid(), validator.next(FeedState.after(first), second));
    assertEquals(2, second.sequence());
    assertEquals(first.id(), second.previous().orElseThrow());
  }

  @Test
  void aMessageBeyondAGapNamesWhatIsMissing() {
    ClassicMessage second = post(FeedState.after(post(FeedState.EMPTY)));
    assertEquals(
        new ClassicValidator.NotNext(1, "message 1 of the feed comes next, this is message 2"),
        validator.next(FeedState.EMPTY, second));
  }

  @Test
  void aMessageThatIsKnownAlreadyIsNotNext() {
    ClassicMessage first = post(FeedState.EMPTY);
    assertEquals(
        new ClassicValidator.NotNext(2, "message 2 of the feed comes next, this is message 1"),
        validator.next(FeedState.after(first), first));
  }

  @Test
  void aSecondHistoryIsAFork() {
    ClassicMessage other = post(new FeedState.Head(ELSEWHERE, 1));
    assertInstanceOf(
        ClassicValidator.Forked.class,
        validator.next(FeedState.after(post(FeedState.EMPTY)), other));
  }

  @Test
  void aForgedForkAccusesNobody() throws JsonException {
    ClassicMessage other = post(new FeedState.Head(ELSEWHERE, 1));
    ClassicMessage forged =
        Recording.parsed(Bytes.ofUtf8(other.text().utf8().replace("hello", "howdy")));
    assertInstanceOf(
        ClassicValidator.Invalid.class,
        validator.next(FeedState.after(post(FeedState.EMPTY)), forged));
  }

  @Test
  void aStateBeforeTheFirstMessageIsNoState() {
    assertThrows(IllegalArgumentException.class, () -> new FeedState.Head(ELSEWHERE, 0));
  }
}
