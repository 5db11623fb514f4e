package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.NewFact;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.FakeKernel;
import org.skep.networks.scuttlebutt.MemoryFeeds;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.VirtualClock;

/** Our verdicts and ids beside those of ssb-validate and ssb-classic. */
class RecordedMessagesTest {
  /** Where the two differ we read as ssb-validate and the validation dataset do. */
  private static final Set<String> JUDGED_DIFFERENTLY_IN_JAVASCRIPT =
      Set.of(
          "box of another kind",
          "box without canonical base64",
          "box after a line break",
          "box with spaces",
          "box without padding");

  /** Judged as a node judges: by the network's check and its place in the feed. */
  @Test
  void everyVerdictIsThatOfSsbValidate() throws Exception {
    List<Recording.Case> cases = Recording.cases();
    assertTrue(cases.size() >= 150, "the recording is whole");
    MemoryFeeds feeds = new MemoryFeeds(SignCap.NONE);
    for (Recording.Case given : cases) {
      feeds = given.continuesFeed() ? feeds : new MemoryFeeds(given.cap());
      switch (network(given.cap()).check(given.text())) {
        case Checked.Unsound(String reason) -> {
          assertEquals(given.validByValidate(), false, given.name() + ": " + reason);
          assertTrue(reason.length() > 15, reason);
        }
        case Checked.Sound(NewFact fact, var _) -> {
          assertEquals(given.id(), fact.id().id(), given.name());
          assertEquals(given.text(), fact.bytes());
          Verdict verdict = feeds.judge(Recording.parsed(fact.bytes()), true);
          assertEquals(
              given.validByValidate(),
              verdict instanceof Verdict.Accepted,
              given.name() + ": " + verdict);
        }
      }
    }
  }

  private static ScuttlebuttNetwork network(SignCap cap) {
    FakeKernel kernel = new FakeKernel();
    return new ScuttlebuttNetwork(
        kernel.vault, kernel.feeds, new VirtualClock(1), bytes -> {}, cap);
  }

  @Test
  void theJavaScriptProgramsDifferOnlyOverPrivateTexts() throws Exception {
    Set<String> different = new TreeSet<>();
    for (Recording.Case given : Recording.cases()) {
      if (given.validByValidate() != given.validByClassic()) {
        different.add(given.name().replace("hmac ", ""));
      }
    }
    assertEquals(new TreeSet<>(JUDGED_DIFFERENTLY_IN_JAVASCRIPT), different);
  }

  @Test
  void aMessageIsWorthNothingUnderAnotherCap() throws Exception {
    SignCap other = SignCap.of(Bytes.wrap(new byte[32]));
    for (Recording.Case given : Recording.validCases()) {
      assertInstanceOf(
          ClassicValidator.Invalid.class,
          new ClassicValidator(other).check(Recording.parsed(given.text())),
          given.name());
    }
  }

  @Test
  void whitespaceAroundAMessageChangesNothingButItsText() throws Exception {
    Recording.Case given = Recording.validCases().getFirst();
    Bytes padded = Bytes.concat(Bytes.ofUtf8(" \n"), given.text(), Bytes.ofUtf8("\t\r\n"));
    ClassicMessage message = Recording.parsed(padded);
    assertEquals(given.id(), message.id().toString());
    assertEquals(padded, message.text());
  }

  /** The id sees the low byte of each code unit only; the signature sees all. */
  @Test
  void anotherTextUnderTheSameIdFailsTheSignature() throws Exception {
    Recording.Case given =
        Recording.validCases().stream()
            .filter(c -> c.name().equals("chain 2"))
            .findFirst()
            .orElseThrow();
    String text = given.text().utf8();
    assertTrue(text.contains("\u00e9"));
    ClassicMessage forged = Recording.parsed(Bytes.ofUtf8(text.replace('\u00e9', '\u01e9')));
    assertEquals(given.id(), forged.id().toString());
    assertInstanceOf(
        ClassicValidator.Invalid.class, new ClassicValidator(given.cap()).check(forged));
  }
}
