package org.skep.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Bytes;

/** What breaks is found, and kept; and what was asked for is done. */
@Timeout(120)
class FuzzTest {
  @TempDir Path folder;

  @Test
  void whatBreaksIsFound() throws Exception {
    JazzerRun.Result result =
        new JazzerRun(folder, 1).run(new Breakable(), List.of(), Duration.ofSeconds(60));

    JazzerRun.Finding finding = result.finding().orElseThrow();
    assertTrue(finding.input().utf8().startsWith("bee"), finding.input().utf8());
    assertEquals("java.lang.AssertionError: no bee is harmed", finding.what());
  }

  @Test
  void whatIsKeptIsTriedAgain() throws Exception {
    Kept kept = new Kept(folder);
    assertEquals(List.of(), kept.of(new Breakable()));

    kept.keep(new Breakable(), Bytes.ofUtf8("bee"));
    kept.keep(new Breakable(), Bytes.ofUtf8("bee"));

    assertEquals(List.of(Bytes.ofUtf8("bee")), kept.of(new Breakable()));
  }

  @Test
  void sixtySecondsAreSharedByAll() {
    Fuzz.Wish wish = Fuzz.Wish.of(List.of());
    assertEquals(Targets.all().size(), wish.targets().size());
    assertEquals(
        Math.ceilDiv(60, Targets.all().size()),
        wish.each().toSeconds(),
        "what is shared is shared");
  }

  @Test
  void whatIsAskedForIsTried() {
    Fuzz.Wish wish = Fuzz.Wish.of(List.of("markdown", "json", "--each=600", "--seed=7"));
    assertEquals(List.of("markdown", "json"), wish.targets().stream().map(Target::name).toList());
    assertEquals(Duration.ofMinutes(10), wish.each());
    assertEquals(7, wish.seed());
    assertThrows(IllegalArgumentException.class, () -> Fuzz.Wish.of(List.of("bees")));
    assertThrows(IllegalArgumentException.class, () -> Fuzz.Wish.of(List.of("--seconds=0")));
  }
}
