package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A copied data folder asks in words, on the page and in the terminal, and takes the answer. */
@Tag("browser")
class CopiedBrowserTest extends BrowserCase {
  private Map<String, String> sameComputer() {
    return Map.of("SKEP_STATE_DIR", folder.resolve("skep-state").toString());
  }

  private Path copied() throws Exception {
    skep.must("post", "--to", "anybody", "before the copy was made");
    skep.close();
    Path from = folder.resolve("skep");
    Path to = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }

  @Test
  void aCopyAsksOnThePageAndReadsOn() throws Exception {
    Path data = copied();
    try (SkepProcess copy = SkepProcess.start(data, "Ana Sofia", sameComputer())) {
      SkepProcess.Answer status = copy.run("status");
      assertTrue(status.text().contains("./skep up --copied"), status.text());
      BrowserPage page = browser.page(360, 800);
      page.open(copy.link());
      page.awaitWords("Is this your only Skep?");
      page.awaitWords("before the copy was made");
      assertEquals(0, page.overhang());
      page.press("It is the only one");
      page.awaitWords("Is the other one really gone for good?");
      page.press("Yes, it is gone");
      page.awaitWords("The other Skep is still there");
      assertEquals(0, page.overhang());
      page.press("It is a copy");
      page.awaitWords("This one only reads");
      assertEquals(0, page.overhang());
      page.await("document.activeElement.innerText === 'Good'");
      page.press("Good");
      page.await("!document.querySelector('section.copied')");
      page.evaluate("location.hash = '#/status'");
      page.awaitWords("Your Scuttlebutt identity rests");
      assertEquals(1, copy.run("post", "--to", "anybody", "from the copy").exitCode());
      assertEquals(
          List.of(), page.complaints().stream().filter(line -> !line.contains("422")).toList());
    }
  }

  @Test
  void itIsAnsweredInTheTerminalToo() throws Exception {
    Path data = copied();
    try (SkepProcess copy = SkepProcess.start(data, "Ana Sofia", sameComputer())) {
      assertEquals(2, copy.run("up", "--no-browser", "--moved", "--copied").exitCode());
      assertEquals(1, copy.run("up", "--no-browser", "--moved").exitCode());
      SkepProcess.Answer answered = copy.run("up", "--no-browser", "--copied");
      assertEquals(0, answered.exitCode(), answered.text());
      assertFalse(copy.run("status").text().contains("--copied"));
    }
  }
}
