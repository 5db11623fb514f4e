package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Lane;

/** Ids of news and of history. */
class IdsTest {
  private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;

  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void checkpoint(long sequence) {
    node.store.write(
        Lane.LIVE,
        tx -> {
          node.facts.checkpoint(tx, ben.name(), "", sequence);
          return true;
        });
  }

  private TestAuthor.Written postAt(long claimedMillis, String text) {
    return ben.writes(claimedMillis, "open", ben.post(text));
  }

  private boolean wasNews(TestAuthor.Written entry) {
    return node.heard.stream()
        .anyMatch(new Announcement.PostShown(node.id(entry.id()), true)::equals);
  }

  @Test
  void historySinksToItsTimeAndNewsComesOnTop() {
    TestAuthor.Written past = postAt(TestClock.START_MILLIS - YEAR_MILLIS, "a year ago");
    checkpoint(1);
    node.takes(past);
    node.post(ana, "mine");
    TestAuthor.Written late = postAt(TestClock.START_MILLIS - YEAR_MILLIS / 2, "late news");

    node.takes(late);

    assertEquals(List.of("late news", "mine", "a year ago"), node.home(ana));
    assertTrue(wasNews(late));
    assertTrue(!wasNews(past));
    assertEquals(
        TestClock.START_MILLIS - YEAR_MILLIS / 2, node.view(ana, late.id()).writtenMillis());
    assertEquals(TestClock.START_MILLIS, node.view(ana, late.id()).arrivedMillis());
  }

  @Test
  void whatWasWrittenSinceTheLogWasMetIsNewsAndSoIsAllAfterIt() {
    TestAuthor.Written past = postAt(TestClock.START_MILLIS - YEAR_MILLIS, "a year ago");
    node.takes(past);
    node.clock.setWall(TestClock.START_MILLIS + YEAR_MILLIS);
    TestAuthor.Written since = postAt(TestClock.START_MILLIS + YEAR_MILLIS / 2, "half a year late");
    TestAuthor.Written confused = postAt(TestClock.START_MILLIS - YEAR_MILLIS, "clock set back");

    node.takes(since, confused);

    assertTrue(!wasNews(past));
    assertTrue(wasNews(since));
    assertTrue(wasNews(confused));
  }

  @Test
  void aTimeInTheFutureMakesNoNews() {
    TestAuthor.Written past = postAt(TestClock.START_MILLIS - YEAR_MILLIS, "a year ago");
    TestAuthor.Written future = postAt(TestClock.START_MILLIS + YEAR_MILLIS, "in a year");

    node.takes(past, future);

    assertTrue(!wasNews(future));
  }

  @Test
  void whatComesBeforeTheCheckpointIsKnownIsHistory() {
    TestAuthor.Written unknown = ben.posts("which is it?");

    node.takes(unknown);

    assertTrue(!wasNews(unknown));
  }

  @Test
  void aCheckpointIsSetOnce() {
    checkpoint(1);
    checkpoint(5);
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");

    node.takes(first, second);

    assertTrue(!wasNews(first));
    assertTrue(wasNews(second));
  }

  @Test
  void newsOnlyGrowsThoughOurClockJumpsBack() {
    checkpoint(0);
    TestAuthor.Written first = ben.posts("one");
    node.takes(first);
    node.clock.setWall(TestClock.START_MILLIS - YEAR_MILLIS);
    TestAuthor.Written second = ben.posts("two");

    node.takes(second);

    assertTrue(node.id(second.id()).value() > node.id(first.id()).value());
  }

  @Test
  void everyIdHasEighteenDigits() {
    long[] times = {Long.MIN_VALUE, 0, 1_400_000_000_000L, 1_525_000_000_000L, Long.MAX_VALUE};
    for (long time : times) {
      TestAuthor.Written entry = postAt(time, "at " + time);
      node.takes(entry);
      assertEquals(18, Long.toString(node.id(entry.id()).value()).length(), "at " + time);
    }
  }

  @Test
  void oldPostsKeepTheirOrder() {
    TestAuthor.Written older = postAt(1_400_000_000_000L, "2014");
    TestAuthor.Written newer = postAt(1_500_000_000_000L, "2017");

    node.takes(older, newer);

    assertEquals(List.of("2017", "2014"), node.home(ana));
  }

  @Test
  void idsSurviveARebuildAndARestart() {
    TestAuthor.Written entry = ben.posts("hello");
    node.takes(entry);
    long id = node.id(entry.id()).value();

    node.rebuild();
    assertEquals(id, node.id(entry.id()).value());
    node.close();
    node = new TestNode(folder);
    node.clock.advance(Duration.ofDays(1));

    assertEquals(id, node.id(entry.id()).value());
  }
}
