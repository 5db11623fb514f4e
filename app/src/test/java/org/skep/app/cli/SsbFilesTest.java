package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Lane;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.store.SqliteStore;

/** Messages go into a running node from a file, and come out of it as they went in. */
final class SsbFilesTest {
  @TempDir Path folder;
  private Node node;
  private NodeClient client;
  private final Ssb ben = new Ssb("Ben");
  private List<String> cutShort = List.of();

  @BeforeEach
  void start() throws Exception {
    startNode();
    node.addPerson("Ana", Optional.empty());
    client = NodeClient.of(folder, null);
    follow(ben);
  }

  private void startNode() throws Exception {
    node = Node.start(Config.read(folder, Map.of("http.port", "0", "ssb.port", "0"), Map.of()));
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private void follow(Ssb person) {
    assertEquals(
        0, SkepCommand.run(new String[] {"follow", person.feed.toString(), "--data", data()}));
  }

  private String data() {
    return folder.toString();
  }

  /** A pipe, of which nobody knows how long it is; it is heard of in order. */
  private static final class Unmeasured implements SsbImport.Way {
    private long heard;

    @Override
    public long done(long messages) {
      return messages;
    }

    @Override
    public long total() {
      return 0;
    }

    @Override
    public void went(long messages) {
      assertTrue(messages >= heard, messages + " after " + heard);
      heard = messages;
    }
  }

  private SsbImport.Tally brings(List<String> lines) throws Exception {
    byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    try (MessageFile messages = new MessageFile(new ByteArrayInputStream(file))) {
      Unmeasured way = new Unmeasured();
      SsbImport.Tally tally = new SsbImport(client, way).run(messages);
      assertEquals(lines.size(), way.heard);
      return tally;
    }
  }

  private List<String> exported(Optional<FeedId> only) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong told = new AtomicLong();
    SsbExport.Done done =
        new SsbExport(
                client,
                out,
                (messages, total) -> {
                  assertTrue(messages <= total, messages + " of " + total);
                  told.set(messages);
                })
            .run(only);
    assertEquals(done.messages(), told.get());
    cutShort = done.cutShort();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(done.messages(), lines.size());
    return lines;
  }

  @Test
  void whatWentInComesOutByteForByteAndGoesInOnce() throws Exception {
    String[] texts = new String[1_234];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "é 😀 \u0085 " + i;
    }
    List<String> feed = ben.saysAll(texts);
    assertEquals(new SsbImport.Tally(1_234, 0, 0, 0, 0, Map.of()), brings(feed));
    assertEquals(feed, exported(Optional.of(ben.feed)));
    assertEquals(new SsbImport.Tally(0, 1_234, 0, 0, 0, Map.of()), brings(feed));
    List<String> all = exported(Optional.empty());
    int own = all.size() - feed.size();
    assertEquals(feed, all.subList(own, all.size()));
    String ana = client.get("/api/skep/v1/status").path("accounts").path(0).path("ssb").asString();
    assertTrue(own > 0 && all.subList(0, own).stream().allMatch(line -> line.contains(ana)));
    assertTrue(all.get(own - 1).contains(ben.feed.toString()), "that she follows Ben");
  }

  @Test
  void aFeedThatIsDamagedOnTheDiskIsWrittenUpToThereAndThatIsTold() throws Exception {
    List<String> feed = ben.saysAll("one", "two", "three", "four");
    brings(feed);
    assertEquals(feed, exported(Optional.of(ben.feed)));
    assertEquals(List.of(), cutShort);
    client.close();
    node.close();
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks)) {
      store.write(
          Lane.OWN,
          tx ->
              tx.run(
                  "UPDATE fact SET compression = 0, bytes = x'00' WHERE sequence = 3"
                      + " AND author IN (SELECT number FROM alias WHERE foreign_id = ?)",
                  ben.feed.toString()));
    }
    startNode();
    client = NodeClient.of(folder, null);

    assertEquals(feed.subList(0, 2), exported(Optional.of(ben.feed)));
    assertEquals(
        List.of("Of " + ben.feed + " only the first 2 of 4 messages could be read."), cutShort);
  }

  @Test
  void ofStrangersNothingIsTakenUntilSomebodyFollowsThem() throws Exception {
    Ssb cid = new Ssb("Cid");
    List<String> strange = cid.saysAll("one", "two");
    assertEquals(new SsbImport.Tally(0, 0, 0, 2, 0, Map.of()), brings(strange));
    assertThrows(Failure.class, () -> exported(Optional.of(cid.feed)));
    follow(cid);
    assertEquals(new SsbImport.Tally(2, 0, 0, 0, 0, Map.of()), brings(strange));
  }

  @Test
  void whatIsRefusedIsCountedByItsReason() throws Exception {
    List<String> lines = new ArrayList<>(ben.saysAll("one", "two", "three"));
    lines.set(1, lines.get(1).replace("two", "owt"));
    lines.add("rubbish");
    assertEquals(
        new SsbImport.Tally(
            1,
            0,
            1,
            0,
            2,
            Map.of(
                "the signature is not the author's over this message",
                1L,
                "an object was expected, at character 0",
                1L)),
        brings(lines));
  }

  @Test
  void theReasonsThatAreCountedAreBounded() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lines.add("{\"a\":" + " ".repeat(i) + "x}");
    }
    SsbImport.Tally tally = brings(lines);
    assertEquals(50, tally.refused());
    assertEquals(21, tally.reasons().size());
    assertEquals(30, tally.reasons().get("other reasons"));
  }
}
