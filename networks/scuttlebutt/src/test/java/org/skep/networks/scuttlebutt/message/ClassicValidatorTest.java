package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;

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
  void aMessageIsItsAuthorsWhereverItStands() {
    assertEquals(new ClassicValidator.Valid(), validator.check(post(FeedState.EMPTY)));
    assertEquals(
        new ClassicValidator.Valid(), validator.check(post(new FeedState.Head(ELSEWHERE, 7))));
  }

  @Test
  void aChangedMessageIsNobodys() {
    String text = post(FeedState.EMPTY).text().utf8();
    for (String forged :
        new String[] {
          text.replace("hello", "howdy"), text.replace("\"timestamp\":1", "\"timestamp\":2")
        }) {
      assertInstanceOf(
          ClassicValidator.Invalid.class,
          validator.check(Recording.parsed(Bytes.ofUtf8(forged))),
          forged);
    }
  }

  @Test
  void aStateBeforeTheFirstMessageIsNoState() {
    assertThrows(IllegalArgumentException.class, () -> new FeedState.Head(ELSEWHERE, 0));
  }
}
