package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real browser and a real Skep of Ana Sofia's, anew for each test. */
abstract class BrowserCase {
  @TempDir Path folder;

  /** What to end after the test, the last started first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  SkepProcess skep;
  Chromium browser;

  @BeforeEach
  void start() throws Exception {
    browser = Chromium.start(folder);
    running.push(browser);
    skep = SkepProcess.start(folder.resolve("skep"), "Ana Sofia", Map.of());
    running.push(skep);
  }

  @AfterEach
  void stop() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }

  /** The page, let in, on its first screen. */
  BrowserPage home(int width, int height) throws Exception {
    BrowserPage page = browser.page(width, height);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
    return page;
  }

  /** The page asked nobody but its own server. */
  void assertNothingLeft(BrowserPage page) {
    String home = skep.url().endsWith("/") ? skep.url() : skep.url() + "/";
    List<String> elsewhere = page.requests().stream().filter(url -> !url.startsWith(home)).toList();
    assertEquals(List.of(), elsewhere);
  }
}
