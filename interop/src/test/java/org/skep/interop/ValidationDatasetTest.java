package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * The judge of classic messages: all 126 verdicts of npm's ssb-validation-dataset 1.2.1 (AGPL-3.0,
 * so it is fetched when the test runs and never kept here).
 *
 * <p>The dataset holds messages as parsed JSON inside a large document. What a JavaScript peer puts
 * on the wire is {@code JSON.stringify} of such a value, so that text is what is judged. The same
 * with indents, as other programs keep and send messages, must be judged the same: whitespace
 * changes neither id nor signature.
 */
@Tag("messages")
class ValidationDatasetTest {
  private static final int CASES = 126;
  private static final int VALID_CASES = 27;
  private static final JsonLimits LIMITS = new JsonLimits(10_000_000, 128);

  @Test
  void everyVerdictAgreesOnTheTextThatTravels() throws Exception {
    judge(V8Writer::stringify);
  }

  @Test
  void everyVerdictAgreesOnTheIndentedText() throws Exception {
    judge(message -> V8Writer.stringify(message, 2));
  }

  /** Makes the text that is judged. */
  private interface Sender {
    String send(JsValue message);
  }

  private static void judge(Sender sender) throws Exception {
    List<String> wrong = new ArrayList<>();
    int valid = 0;
    List<JsValue> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      JsObject given = (JsObject) cases.get(i);
      boolean shouldBeValid = member(given, "valid").equals(new JsBool(true));
      Outcome outcome = judge(given, Bytes.ofUtf8(sender.send(member(given, "message"))));
      Optional<String> id = outcome.message().map(message -> message.id().toString());
      if (outcome.valid() != shouldBeValid || (shouldBeValid && !id.equals(given.string("id")))) {
        wrong.add(i + " (" + given.string("error") + "): " + outcome + ", id " + id);
      }
      valid += outcome.valid() ? 1 : 0;
    }
    assertEquals(List.of(), wrong);
    assertEquals(CASES, cases.size());
    assertEquals(VALID_CASES, valid);
  }

  /** What we make of a case; the message is there when its form is whole. */
  private record Outcome(boolean valid, String reason, Optional<ClassicMessage> message) {}

  private static Outcome judge(JsObject given, Bytes text) {
    Optional<SignCap> cap =
        switch (member(given, "hmacKey")) {
          case JsNull _ -> Optional.of(SignCap.NONE);
          case JsString(String base64) -> SignCap.parse(base64);
          case JsObject _, JsArray _, JsNumber _, JsBool _ -> Optional.empty();
        };
    if (cap.isEmpty()) {
      return new Outcome(false, "the signing cap is no key", Optional.empty());
    }
    return switch (ClassicCodec.parse(text)) {
      case ClassicCodec.Refused(String reason) -> new Outcome(false, reason, Optional.empty());
      case ClassicCodec.Parsed(ClassicMessage message) -> {
        ClassicValidator.Verdict verdict =
            new ClassicValidator(cap.get()).next(state(member(given, "state")), message);
        yield new Outcome(
            verdict instanceof ClassicValidator.Valid, verdict.toString(), Optional.of(message));
      }
    };
  }

  private static FeedState state(JsValue state) {
    if (!(state instanceof JsObject object)) {
      return FeedState.EMPTY;
    }
    MessageId id = object.string("id").flatMap(MessageId::ofSigil).orElseThrow();
    return new FeedState.Head(id, (long) ((JsNumber) member(object, "sequence")).value());
  }

  private static List<JsValue> cases() throws Exception {
    return ((JsArray) JsonParser.parse(dataset(), LIMITS)).items();
  }

  private static String dataset() throws IOException, InterruptedException {
    Path file = NpmFolder.peer().file("ssb-validation-dataset/data.json");
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static JsValue member(JsObject given, String key) {
    return given.get(key).orElse(JsNull.NULL);
  }
}
