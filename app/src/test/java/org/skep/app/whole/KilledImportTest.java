package org.skep.app.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Await;
import org.skep.app.Main;
import org.skep.app.QuietNode;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.engine.Restore;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.Intent;
import org.skep.kernel.RawItem;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.DatabaseReading;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;

/** {@code ./skep import} as a process, which is killed in the middle, and said again. */
class KilledImportTest {
  private static final int AUTHORS = 6;
  private static final int MESSAGES_EACH = 400;
  private static final int BLOBS = 20;
  private static final int KILLS = 3;
  private static final String PASSPHRASE = "five words are quite good";

  @TempDir Path place;

  private Path data() {
    return place.resolve("data");
  }

  private Path back() {
    return place.resolve("back");
  }

  private Path exported() {
    return place.resolve("exported");
  }

  private static QuietNode open(Path folder) throws InterruptedException {
    return new QuietNode(folder, SignCap.NONE, new SystemClock());
  }

  private static Export.Done export(Path from, Path to) throws IOException {
    return Export.run(
        from, to, PASSPHRASE, 2, new SystemRandomness(), new SystemClock(), (_, _) -> {});
  }

  private static List<RawItem> log(int author) {
    Bytes secret = Digests.sha256(Bytes.ofUtf8("author " + author));
    FeedId feed = new FeedId(Ed25519.publicKey(secret));
    ClassicAuthor pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
    List<RawItem> log = new ArrayList<>();
    FeedState state = FeedState.EMPTY;
    for (int i = 0; i < MESSAGES_EACH; i++) {
      JsObject post = JsObject.EMPTY.with("type", "post").with("text", "message " + i);
      if (!(pen.write(state, 1_600_000_000_000.0 + i, post)
          instanceof ClassicCodec.Parsed written)) {
        throw new AssertionError("it could not be written");
      }
      state = new FeedState.Head(written.message().id(), written.message().sequence());
      log.add(new RawItem(ScuttlebuttNetwork.ID, written.message().text()));
    }
    return log;
  }

  private void makeASkep() throws Exception {
    try (QuietNode node = open(Files.createDirectory(data()))) {
      AccountId ana = node.engine().actions().createAccount("Ana", Map.of());
      for (int i = 0; i < 10; i++) {
        node.engine()
            .actions()
            .act(
                ana,
                new Intent.Post(
                    Audience.ANYBODY, "mine " + i, Optional.empty(), "", List.of(), List.of()));
      }
      try (Restore anybodys = node.engine().restore()) {
        for (int author = 0; author < AUTHORS; author++) {
          for (Verdict verdict : anybodys.offer(log(author))) {
            assertTrue(verdict instanceof Verdict.Accepted, verdict::toString);
          }
        }
      }
      for (int i = 0; i < BLOBS; i++) {
        byte[] content = new byte[100_000];
        new Random(i).nextBytes(content);
        node.blobs().put(new ByteArrayInputStream(content), content.length).close();
      }
    }
  }

  /** The command as {@code ./skep} runs it. */
  private Process bringBack() throws IOException {
    Path passphrase = Files.writeString(place.resolve("passphrase"), PASSPHRASE + "\n");
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "import",
            exported().toString(),
            "--data",
            back().toString(),
            "--passphrase-file",
            passphrase.toString())
        .redirectErrorStream(true)
        .redirectOutput(words())
        .start();
  }

  private File words() {
    return place.resolve("words").toFile();
  }

  /** How many entries are on the disk. */
  private long entries() {
    Optional<DatabaseReading> reading = DatabaseReading.open(back());
    if (reading.isEmpty()) {
      return 0;
    }
    try (DatabaseReading open = reading.get()) {
      return open.read(tx -> tx.number("SELECT count(*) FROM fact")).orElseThrow();
    }
  }

  @Test
  void anImportThatIsKilledAgainAndAgainIsWholeOnceItWasSaidOften() throws Exception {
    makeASkep();
    Export.Done given = export(data(), exported());
    assertEquals(List.of(), given.missing());
    List<Long> killedAt = new ArrayList<>();
    for (int i = 1; i <= KILLS; i++) {
      // Whole batches come at once: far enough from the end for one more.
      long due = given.entries() * i / (2 * KILLS);
      Process killed = bringBack();
      try {
        Await.until("a part of it is here", () -> entries() >= due || !killed.isAlive());
      } finally {
        killed.destroyForcibly();
      }
      assertFalse(killed.waitFor() == 0, () -> "it was over before it could be killed");
      killedAt.add(entries());
      assertTrue(Import.unfinished(back()).isPresent(), "no node may start on it");
    }
    assertTrue(killedAt.getLast() < given.entries(), killedAt::toString);

    assertEquals(0, bringBack().waitFor(), () -> "see " + words());

    String said = Files.readString(words().toPath());
    assertTrue(said.contains(killedAt.getLast() + " entries were here before"), said);
    export(back(), place.resolve("again"));
    assertEquals(
        WholeTest.entriesAndBlobs(exported()), WholeTest.entriesAndBlobs(place.resolve("again")));
    try (QuietNode node = open(back())) {
      List<String> views = node.engine().dumpViews();
      node.engine().rebuild((_, _) -> {});
      assertEquals(views, node.engine().dumpViews());
    }
  }
}
