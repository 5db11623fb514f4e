package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Lane;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.store.SqliteStore;
import org.skep.testkit.scuttlebutt.Fixture;

/** Work that takes long is seen on the page, and goes from there when it is done. */
@Tag("browser")
class ProgressBrowserTest extends BrowserCase {
  /** So many that a browser is opened before they are here. */
  private static final Fixture FIXTURE = new Fixture(9, 12_000, 40);

  /** Long enough for all of it on a slow and busy computer. */
  private static final Duration TO_THE_END = Duration.ofMinutes(6);

  private static final String BAR = "document.querySelector('.work progress')";

  @Test
  void aFirstSyncAndTheBuildingOfViewsAreSeen() throws Exception {
    Path data = folder.resolve("carol");
    // A way in is open for ten minutes, and a busy computer may need as much for the file.
    BrowserPage page = home(360, 800);
    FixtureFile file = FixtureFile.write(FIXTURE, folder.resolve("fixture"));
    try (SkepProcess carols = SkepProcess.start(data, "Carol", Map.of())) {
      carols.must("post", "--to", "anybody", "hello from Carol");
      carols.phone().follow(FIXTURE.feeds().stream().map(FeedId::toString).toList());
      carols.mustInto(folder.resolve("said"), "ssb", "import", file.path().toString());
      theFirstSyncIsSeen(page, carols);
      skep.must("stop");
      theBuildingIsSeen(carols, data);
    }
  }

  private void theFirstSyncIsSeen(BrowserPage page, SkepProcess carols) throws Exception {
    skep.must("follow", carols.feedId());
    skep.must("connect", carols.ssbAddress());
    page.await(BAR + "?.value > 0");
    page.awaitWords("Fetching what your friends wrote");
    page.awaitWords("messages");
    assertEquals("Fetching what your friends wrote", label(page));
    assertEquals(0, page.overhang());
    awaitGone(page);
    assertEquals(List.of(), page.complaints());
    assertNothingLeft(page);
  }

  private void theBuildingIsSeen(SkepProcess carols, Path data) throws Exception {
    carols.close();
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(data, new SystemClock(), tasks)) {
      store.write(Lane.OWN, tx -> tx.run("UPDATE projection SET version = 0"));
    }
    carols.beginAgain();
    String link =
        Await.until(
                "a way in",
                Meeting.PATIENCE,
                () -> carols.run("open", "--no-browser"),
                answer -> answer.exitCode() == 0)
            .text()
            .replaceFirst("open ", "");
    BrowserPage page = browser.page(360, 800);
    page.open(link);
    page.awaitWords("Skep is putting things in order");
    page.await(BAR + "?.value > 0");
    assertEquals("Putting things in order", label(page));
    assertEquals(0, page.overhang());
    awaitGone(page);
    page.awaitWords("hello from Carol");
    carols.awaitWhole();
  }

  private static void awaitGone(BrowserPage page) throws Exception {
    Await.until(
        "the end of it", TO_THE_END, () -> page.evaluate("!" + BAR).asBoolean(), gone -> gone);
  }

  private static String label(BrowserPage page) throws InterruptedException {
    return page.evaluate(BAR + ".getAttribute('aria-label')").asString();
  }
}
