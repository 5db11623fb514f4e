package org.skep.networks.scuttlebutt.logfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.SignCap;

final class MessageJudgeTest {
  private static final SignCap CAP = SignCap.of(Bytes.ofHex("07".repeat(32)));

  private final ThreadTasks tasks = new ThreadTasks();
  private final List<ClassicMessage> anas =
      new Writer("Ana").saysAll(List.of("one", "two", "three"));
  private final List<ClassicMessage> bens = new Writer("Ben").saysAll(List.of("eins", "zwei"));

  @AfterEach
  void close() {
    tasks.close();
  }

  private MessageJudge judge(MessageJudge.Chaining chaining) {
    return new MessageJudge(SignCap.NONE, chaining, tasks);
  }

  private static String words(MessageJudge.Verdict verdict) {
    return switch (verdict) {
      case MessageJudge.Sound(var id) -> "ok " + id;
      case MessageJudge.Refused(String reason) -> reason;
    };
  }

  private static List<String> words(MessageJudge judge, List<ClassicMessage> messages)
      throws InterruptedException {
    return judge.judge(Writer.asItems(messages)).stream().map(MessageJudgeTest::words).toList();
  }

  private static String ok(ClassicMessage message) {
    return "ok " + message.id();
  }

  @Test
  void feedsMayStandMixedAndInPieces() throws InterruptedException {
    MessageJudge judge = judge(MessageJudge.Chaining.CHAINED);
    assertEquals(
        List.of(ok(anas.get(0)), ok(bens.get(0)), ok(anas.get(1))),
        words(judge, List.of(anas.get(0), bens.get(0), anas.get(1))));
    assertEquals(
        List.of(ok(bens.get(1)), ok(anas.get(2))), words(judge, List.of(bens.get(1), anas.get(2))));
  }

  @Test
  void aGapCostsWhatFollowsItUnlessEachIsJudgedByItself() throws InterruptedException {
    List<ClassicMessage> gap = List.of(anas.get(1), bens.get(0), anas.get(2));
    assertEquals(
        List.of(
            "it has place 2 in its author's feed, and the file has come to place 1 of it",
            ok(bens.get(0)),
            "it has place 3 in its author's feed, and the file has come to place 1 of it"),
        words(judge(MessageJudge.Chaining.CHAINED), gap));
    assertEquals(
        gap.stream().map(MessageJudgeTest::ok).toList(),
        words(judge(MessageJudge.Chaining.UNCHAINED), gap));
  }

  @Test
  void whatStandsTwiceOrOnAnotherBranchIsRefused() throws InterruptedException {
    List<ClassicMessage> others = new Writer("Ana").saysAll(List.of("one!", "two!"));
    assertEquals(
        List.of(
            ok(anas.get(0)),
            "it has place 1 in its author's feed, and the file has come to place 2 of it",
            "it follows another message than the one before it in the file",
            ok(anas.get(1))),
        words(
            judge(MessageJudge.Chaining.CHAINED),
            List.of(anas.get(0), anas.get(0), others.get(1), anas.get(1))));
  }

  @Test
  void aForgedOneIsRefusedAndTakesNoPlace() throws InterruptedException {
    String forged = anas.get(0).text().utf8().replace("one", "eno");
    List<MessageFile.Item> items = new ArrayList<>(Writer.read(forged + "\nrubbish\n"));
    items.addAll(Writer.asItems(anas));
    assertEquals(
        List.of(
            "the signature is not the author's over this message",
            "an object was expected, at character 0",
            ok(anas.get(0)),
            ok(anas.get(1)),
            ok(anas.get(2))),
        judge(MessageJudge.Chaining.CHAINED).judge(items).stream()
            .map(MessageJudgeTest::words)
            .toList());
  }

  @Test
  void theNetworksKeyDecides() throws InterruptedException {
    List<ClassicMessage> capped = new Writer("Ana", CAP).saysAll(List.of("one"));
    String wrong = "the signature is not the author's over this message";
    assertEquals(List.of(wrong), words(judge(MessageJudge.Chaining.CHAINED), capped));
    MessageJudge judge = new MessageJudge(CAP, MessageJudge.Chaining.CHAINED, tasks);
    assertEquals(List.of(ok(capped.getFirst())), words(judge, capped));
    assertEquals(List.of(wrong), words(judge, bens.subList(0, 1)));
  }

  @Test
  void noMoreAuthorsAreFollowedThanThereIsRoomFor() throws InterruptedException {
    MessageJudge judge = new MessageJudge(SignCap.NONE, MessageJudge.Chaining.CHAINED, tasks, 1);
    assertEquals(
        List.of(
            ok(anas.get(0)),
            "the places of more than 1 authors can't be followed",
            ok(anas.get(1))),
        words(judge, List.of(anas.get(0), bens.get(0), anas.get(1))));
  }
}
