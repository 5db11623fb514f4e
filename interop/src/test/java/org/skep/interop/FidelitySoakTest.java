package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import org.skep.testkit.scuttlebutt.Fixture;

/**
 * A whole network's past goes from the unmodified ssb-db2 by EBT into Skep, out of it by {@code ssb
 * export}, and from that file by {@code ssb import} into another Skep and out again: nothing is
 * lost, and no byte is different.
 */
@Tag("soak")
@Tag("fidelity")
class FidelitySoakTest {
  private static final boolean TENTH = Boolean.getBoolean("skep.soak.tenth");
  private static final Fixture FIXTURE =
      TENTH ? new Fixture(1, 10_000, 50) : new Fixture(1, 100_000, 500);
  private static final Duration SYNC_PATIENCE = Duration.ofMinutes(TENTH ? 3 : 15);

  /** As counted on the real network, with 100,000 messages of 500 authors. */
  private static final Map<String, Double> SHARES =
      Map.of("vote", 0.43, "post", 0.25, "private", 0.12, "contact", 0.09, "about", 0.02);

  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  private SkepProcess skep(String name) throws Exception {
    return SkepProcess.start(folder.resolve(name), name, Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  private static void say(String words, Object... values) {
    System.out.printf(Locale.ROOT, "Soak fidelity: " + words + "%n", values);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  @Test
  void aNetworksPastComesThroughByteForByte() throws Exception {
    FixtureFile fixture = FixtureFile.write(FIXTURE, folder.resolve("fixture"));
    List<String> feeds = FIXTURE.feeds().stream().map(FeedId::toString).toList();
    assertIsMixedAsTheRealNetworkIs(fixture);
    Path export = folder.resolve("export");
    try (SkepProcess ana = skep("ana")) {
      ana.phone().follow(feeds);
      try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key)) {
        long began = System.nanoTime();
        assertEquals(fixture.ids(), peer.loadAndName(fixture.path()), "ids");
        say("ssb-db2 took all messages, under the same ids, in %.1f s", secondsSince(began));
        peer.request(feeds);
        sync(ana, peer, fixture);
      }
      export(ana, export, fixture);
    }
    verify(export);
    importElsewhere(export, feeds, fixture);
  }

  private static void assertIsMixedAsTheRealNetworkIs(FixtureFile fixture) {
    SHARES.forEach(
        (type, share) -> assertEquals(share, fixture.share(type), 0.01, "share of " + type));
    double others = 1 - SHARES.keySet().stream().mapToDouble(fixture::share).sum();
    assertEquals(0.09, others, 0.01, "share of other types");
    if (!TENTH) {
      assertEquals(0.045, fixture.largestFeed(), 0.005, "share of the largest feed");
    }
    say(
        "%,d messages by %d authors; %.0f %% votes, %.0f %% posts, %.0f %% private, %.0f %%"
            + " contacts, %.0f %% others, %.0f %% about; the largest feed has %.1f %%",
        fixture.ids().size(),
        fixture.sizes().size(),
        100 * fixture.share("vote"),
        100 * fixture.share("post"),
        100 * fixture.share("private"),
        100 * fixture.share("contact"),
        100 * others,
        100 * fixture.share("about"),
        100 * fixture.largestFeed());
  }

  private static void sync(SkepProcess skep, SsbPeer peer, FixtureFile fixture) throws Exception {
    long began = System.nanoTime();
    skep.must("connect", peer.address());
    Await.until(
        "the whole past at Skep",
        SYNC_PATIENCE,
        () -> arrived(skep, fixture),
        count -> count == fixture.ids().size());
    double seconds = secondsSince(began);
    say(
        "Skep had all of it by EBT after %.1f s, %.0f messages a second",
        seconds, fixture.ids().size() / seconds);
  }

  private static long arrived(SkepProcess skep, FixtureFile fixture) throws Exception {
    Map<String, Long> here = skep.phone().feeds();
    return fixture.sizes().keySet().stream()
        .mapToLong(feed -> here.getOrDefault(feed.toString(), 0L))
        .sum();
  }

  private static void export(SkepProcess skep, Path export, FixtureFile fixture) throws Exception {
    long began = System.nanoTime();
    skep.mustInto(export, "ssb", "export");
    double seconds = secondsSince(began);
    fixture.assertIsIn(export, FeedId.ofSigil(skep.feedId()).orElseThrow());
    say("exported in %.1f s: byte-identical, all ids equal", seconds);
  }

  private void verify(Path export) throws IOException, InterruptedException {
    Path verdicts = folder.resolve("verdicts");
    long began = System.nanoTime();
    SkepProcess.fileToolInto(verdicts, "ssb", "verify", export.toString());
    double seconds = secondsSince(began);
    try (Stream<String> lines = Files.lines(export);
        Stream<String> said = Files.lines(verdicts)) {
      assertEquals(
          lines.count(), said.filter(line -> line.matches("ok %\\S{44}\\.sha256")).count());
    }
    say("ssb verify called all of it ok in %.1f s", seconds);
  }

  private void importElsewhere(Path export, List<String> feeds, FixtureFile fixture)
      throws Exception {
    Path said = folder.resolve("said");
    try (SkepProcess ben = skep("ben")) {
      ben.phone().follow(feeds);
      long began = System.nanoTime();
      ben.mustInto(said, "ssb", "import", export.toString());
      double seconds = secondsSince(began);
      assertTrue(
          Files.readString(said).contains("Taken in: " + fixture.ids().size() + "\n"),
          Files.readString(said));
      say(
          "another Skep imported it in %.1f s, %.0f messages a second",
          seconds, fixture.ids().size() / seconds);
      export(ben, folder.resolve("export-of-ben"), fixture);
    }
  }
}
