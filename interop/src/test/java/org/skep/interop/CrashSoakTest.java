package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.testkit.scuttlebutt.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node is killed (SIGKILL) at random moments while it takes in a network's past from another node
 * and its owner posts by the API and by the command line. Whatever was acknowledged is there when
 * it runs again, its log has not forked, and its views are what a rebuild makes of what it knows.
 */
@Tag("soak")
@Tag("crash")
class CrashSoakTest {
  private static final boolean TENTH = Boolean.getBoolean("skep.soak.tenth");
  private static final int KILLS = TENTH ? 5 : 50;

  private static final Fixture FIXTURE =
      TENTH ? new Fixture(2, 20_000, 60) : new Fixture(2, 100_000, 300);

  /** One round in so many is cut off before it has started. */
  private static final int STARTS_CUT = 5;

  private static final int START_MILLIS_MAX = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;
  private final String key = Meeting.randomKey();
  private final long seed = Long.getLong("skep.soak.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  /** The texts of all posts that the node said it had kept. */
  private final List<String> acknowledged = new ArrayList<>();

  private int unanswered;

  /** How much of the flood had come when this was looked at last before a kill. */
  private long arrivedLast;

  private static void say(String words, Object... values) {
    System.out.printf(Locale.ROOT, "Soak crash: " + words + "%n", values);
  }

  private SkepProcess skep(String name) throws Exception {
    return SkepProcess.start(folder.resolve(name), name, Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  @Test
  void whateverWasAcknowledgedOutlivesEveryKill() throws Exception {
    say("%d kills with seed %d (again: -Dskep.soak.seed=%d)", KILLS, seed, seed);
    FixtureFile fixture = FixtureFile.write(FIXTURE, folder.resolve("fixture"));
    List<String> feeds = FIXTURE.feeds().stream().map(FeedId::toString).toList();
    try (SkepProcess ben = skep("ben");
        SkepProcess ana = skep("ana")) {
      ben.phone().follow(feeds);
      ben.mustInto(folder.resolve("said"), "ssb", "import", fixture.path().toString());
      String feed = ana.feedId();
      ben.phone().follow(List.of(feed));
      ana.must("connect", ben.ssbAddress());
      Iterator<FeedId> rest = FIXTURE.feeds().iterator();
      long wanted = 0;
      int underWay = 0;
      for (int round = 1; round <= KILLS; round++) {
        // Each round has a flood of its own, so that no fast machine has all before the last.
        while (wanted * KILLS < (long) fixture.ids().size() * round) {
          FeedId next = rest.next();
          ana.phone().follow(List.of(next.toString()));
          wanted += fixture.sizes().getOrDefault(next, 0L);
        }
        long here = arrived(ana, fixture);
        // The other half is left to come while she is asked how much has.
        long enough = here + random.nextLong(Math.max(1, (wanted - here) / 2));
        List<JsonNode> posted = postUntilKilled(ana, fixture, enough, round);
        if (random.nextInt(STARTS_CUT) == 0) {
          ana.beginAgain();
          pause(random.nextInt(START_MILLIS_MAX));
          ana.kill();
        }
        if (round == KILLS) {
          assertViewsAreARebuild(folder.resolve("ana"));
        }
        ana.startAgain();
        underWay += arrivedLast < wanted ? 1 : 0;
        for (JsonNode post : posted) {
          assertEquals(PhoneApp.textOf(post), ana.phone().text(post.get("id").asString()));
        }
        assertNobodyHasMore(ben, ana, feed);
      }
      say(
          "%d posts acknowledged, %d not answered; %,d of %,d messages had come, and after %d of %d"
              + " kills more were on their way",
          acknowledged.size(), unanswered, arrived(ana, fixture), wanted, underWay, KILLS);
      assertTrue(underWay > KILLS / 2, "too few kills in the middle of a flood");
      assertOneLog(ben, ana, feed);
    }
  }

  private static long arrived(SkepProcess skep, FixtureFile fixture) throws Exception {
    Map<String, Long> here = skep.phone().feeds();
    return fixture.sizes().keySet().stream()
        .mapToLong(feed -> here.getOrDefault(feed.toString(), 0L))
        .sum();
  }

  /** The moment of a start's end is chosen by chance, not waited for. */
  private static void pause(int millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Two post at once until the node is killed under them, once the first post was acknowledged and
   * enough of the flood has come; gives what the API acknowledged.
   */
  private List<JsonNode> postUntilKilled(
      SkepProcess node, FixtureFile fixture, long enough, int round) throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    FutureTask<List<JsonNode>> byApi = new FutureTask<>(() -> postByApi(node, round, first));
    FutureTask<List<String>> byCommand = new FutureTask<>(() -> postByCommand(node, round));
    Thread.ofVirtual().start(byApi);
    Thread.ofVirtual().start(byCommand);
    assertTrue(first.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nothing was posted");
    arrivedLast =
        Await.until(
            "enough of the flood", PATIENCE, () -> arrived(node, fixture), here -> here >= enough);
    node.kill();
    List<JsonNode> posted = byApi.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    posted.forEach(post -> acknowledged.add(PhoneApp.textOf(post)));
    acknowledged.addAll(byCommand.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    // Each ended with one of which nobody knows.
    unanswered += 2;
    return posted;
  }

  private static List<JsonNode> postByApi(SkepProcess node, int round, CountDownLatch first)
      throws Exception {
    List<JsonNode> posted = new ArrayList<>();
    while (true) {
      try {
        posted.add(node.phone().say("by the page, " + round + ", " + posted.size()));
        first.countDown();
      } catch (IOException gone) {
        return posted;
      }
    }
  }

  private static List<String> postByCommand(SkepProcess node, int round) throws Exception {
    List<String> posted = new ArrayList<>();
    while (true) {
      String text = "by the command line, " + round + ", " + posted.size();
      if (node.run("post", "--to", "anybody", text).exitCode() != 0) {
        return posted;
      }
      posted.add(text);
    }
  }

  /** What another node has of a log and its author has not, she would write a second time. */
  private static void assertNobodyHasMore(SkepProcess other, SkepProcess author, String feed)
      throws Exception {
    long there = other.phone().feeds().getOrDefault(feed, 0L);
    long here = author.phone().feeds().getOrDefault(feed, 0L);
    assertTrue(there <= here, () -> "the other has " + there + " entries, the author " + here);
  }

  private void assertViewsAreARebuild(Path data) throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (InboxNode node = new InboxNode(copy, SignCap.NONE)) {
      assertEquals("ok", node.integrity());
      // What had come too early is taken up at the start.
      List<String> before = Await.until("views at rest", PATIENCE, node::views, this::isSame);
      node.rebuild();
      List<String> after = node.views();
      // Not by assertEquals, which would print them all.
      assertTrue(before.equals(after), () -> "views differ from a rebuild: " + diff(before, after));
      say("after the last kill the %,d rows of the views were what a rebuild made", after.size());
    }
  }

  private Optional<List<String>> seenLast = Optional.empty();

  private boolean isSame(List<String> views) {
    boolean same = seenLast.equals(Optional.of(views));
    seenLast = Optional.of(views);
    return same;
  }

  private static String diff(List<String> before, List<String> after) {
    Set<String> left = Set.copyOf(before);
    Set<String> right = Set.copyOf(after);
    return "gone: "
        + left.stream().filter(row -> !right.contains(row)).limit(5).toList()
        + ", new: "
        + right.stream().filter(row -> !left.contains(row)).limit(5).toList();
  }

  /** The author and the other have one log, sound and whole, and all that was acknowledged. */
  private void assertOneLog(SkepProcess other, SkepProcess author, String feed) throws Exception {
    author.must("post", "--to", "anybody", "the end");
    long end = author.phone().feeds().getOrDefault(feed, 0L);
    Await.until(
        "the other has all of it",
        PATIENCE,
        () -> other.phone().feeds().getOrDefault(feed, 0L),
        there -> there == end);
    Path here = folder.resolve("log-here");
    Path there = folder.resolve("log-there");
    author.mustInto(here, "ssb", "export", feed);
    other.mustInto(there, "ssb", "export", feed);
    assertEquals(-1, Files.mismatch(here, there), "the two logs differ");
    Path verdicts = folder.resolve("verdicts");
    SkepProcess.fileToolInto(verdicts, "ssb", "verify", here.toString());
    List<String> said = Files.readAllLines(verdicts);
    assertEquals(end, said.size());
    assertTrue(said.stream().allMatch(line -> line.startsWith("ok ")), said::toString);
    Map<String, Long> texts = texts(here);
    for (String text : acknowledged) {
      assertEquals(1, texts.getOrDefault(text, 0L), () -> "times of: " + text);
    }
    say("its log of %d entries is sound and the same at the other node: no post lost", end);
  }

  private static Map<String, Long> texts(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> JSON.readTree(line).at("/content/text").asString(""))
          .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
    }
  }
}
