package org.skep.testkit.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsObject;

class FixtureTest {
  private static final Fixture SMALL = new Fixture(1, 3000, 40);

  private static String digest(Fixture fixture) {
    return Digests.sha256(
            Bytes.concat(fixture.stream().map(ClassicMessage::text).toArray(Bytes[]::new)))
        .hex();
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Fixture tiny = new Fixture(7, 60, 5);

    assertEquals(
        "0214d52623aca49afc74e5cd28c9073b752edfb04614d97f4be11644a24cd95d",
        digest(tiny),
        "a changed digest changes every figure measured with it");
    assertEquals(digest(tiny), digest(new Fixture(7, 60, 5)));
    assertNotEquals(digest(tiny), digest(new Fixture(8, 60, 5)));
  }

  @Test
  void everyMessageIsSoundAndFollowsTheOneBeforeIt() {
    ClassicValidator validator = new ClassicValidator(SignCap.NONE);
    Map<FeedId, ClassicMessage> last = new HashMap<>();
    SMALL.stream()
        .forEach(written -> {
          ClassicMessage message =
              assertInstanceOf(ClassicCodec.Parsed.class, ClassicCodec.parse(written.text()))
                  .message();
          assertInstanceOf(ClassicValidator.Valid.class, validator.check(message));
          ClassicMessage before = last.put(message.author(), message);
          assertEquals(before == null ? 1 : before.sequence() + 1, message.sequence());
          assertEquals(
              before == null ? "" : before.id().toString(),
              message.previous().map(Object::toString).orElse(""));
        });
    assertEquals(new HashSet<>(SMALL.feeds()), last.keySet());
  }

  @Test
  void itIsMixedAsTheRealNetworkIs() {
    List<ClassicMessage> messages = SMALL.stream().toList();
    Map<String, Long> byType =
        messages.stream().collect(Collectors.groupingBy(FixtureTest::type, Collectors.counting()));
    assertShare(0.43, byType.getOrDefault("vote", 0L));
    assertShare(0.25, byType.getOrDefault("post", 0L));
    assertShare(0.12, byType.getOrDefault("private", 0L));
    assertShare(0.09, byType.getOrDefault("contact", 0L));
    double meanBytes =
        messages.stream().mapToInt(message -> message.text().length()).average().orElse(0);
    assertTrue(meanBytes > 650 && meanBytes < 1050, "a message has " + meanBytes + " bytes");
  }

  private static String type(ClassicMessage message) {
    return message.content() instanceof JsObject content
        ? content.string("type").orElse("")
        : "private";
  }

  private static void assertShare(double expected, long count) {
    double share = (double) count / SMALL.messages();
    assertEquals(expected, share, 0.04, "its share of the messages");
  }
}
