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
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.testkit.peers.NpmFolder;
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
 * changes neither id nor signature. Each case is offered to the inbox of a fresh node that follows
 * its author.
 */
@Tag("messages")
class ValidationDatasetTest {
  private static final int CASES = 126;
  private static final int VALID_CASES = 27;
  private static final JsonLimits LIMITS = new JsonLimits(10_000_000, 128);

  @TempDir Path folder;

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

  private void judge(Sender sender) throws Exception {
    List<String> wrong = new ArrayList<>();
    int valid = 0;
    List<JsValue> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      JsObject given = (JsObject) cases.get(i);
      boolean shouldBeValid = member(given, "valid").equals(new JsBool(true));
      Path own = Files.createDirectory(folder.resolve(Integer.toString(i)));
      Outcome outcome = judge(own, given, Bytes.ofUtf8(sender.send(member(given, "message"))));
      if (outcome.valid() != shouldBeValid
          || (shouldBeValid && !outcome.id().equals(given.string("id")))) {
        wrong.add(i + " (" + given.string("error") + "): " + outcome);
      }
      valid += outcome.valid() ? 1 : 0;
    }
    assertEquals(List.of(), wrong);
    assertEquals(CASES, cases.size());
    assertEquals(VALID_CASES, valid);
  }

  /** What a node makes of a case; the id is there when the network's own rules hold. */
  private record Outcome(boolean valid, String words, Optional<String> id) {}

  private static Outcome judge(Path folder, JsObject given, Bytes text) throws Exception {
    Optional<SignCap> cap =
        switch (member(given, "hmacKey")) {
          case JsNull _ -> Optional.of(SignCap.NONE);
          case JsString(String base64) -> SignCap.parse(base64);
          case JsObject _, JsArray _, JsNumber _, JsBool _ -> Optional.empty();
        };
    if (cap.isEmpty()) {
      return new Outcome(false, "the signing cap is no key", Optional.empty());
    }
    try (InboxNode node = new InboxNode(folder, cap.get())) {
      Optional<String> id = Optional.empty();
      if (node.check(text) instanceof Checked.Sound(NewFact fact, var _)) {
        id = Optional.of(fact.id().id());
        node.follow(fact.author());
        if (member(given, "state") instanceof JsObject state) {
          putState(node, fact.author(), state);
        }
      }
      Verdict verdict = node.offer(text);
      return new Outcome(verdict instanceof Verdict.Accepted, verdict.toString(), id);
    }
  }

  private static void putState(InboxNode node, Ref author, JsObject state) {
    MessageId last = state.string("id").flatMap(MessageId::ofSigil).orElseThrow();
    long sequence = (long) ((JsNumber) member(state, "sequence")).value();
    node.keepUnseen(author, ScuttlebuttNetwork.refOf(last), sequence);
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
