package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Clock;
import org.skep.kernel.Progress;
import tools.jackson.databind.json.JsonMapper;

class ProgressLineTest {
  private final HandClock clock = new HandClock();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static final class HandClock implements Clock {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long wallMillis() {
      throw new AssertionError("the wall clock may jump by years");
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration howLong) {
      throw new AssertionError("nobody waits here");
    }

    @Override
    public boolean await(Condition condition, Duration atMost) {
      throw new AssertionError("nobody waits here");
    }
  }

  private static Optional<ProgressLine.Told> told(String words, long done, long total) {
    OptionalLong known = total == 0 ? OptionalLong.empty() : OptionalLong.of(total);
    Optional<Duration> left = total == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(2));
    return Optional.of(
        ProgressLine.Told.of(new Progress(words, total == 0 ? "messages" : "", done, known, left)));
  }

  private String written() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void whereSomebodyLooksOneLineIsWrittenOverAndGoesAway() {
    try (ProgressLine line = new ProgressLine(clock, out, true)) {
      line.show(told("Taking in", 1, 3));
      String first = "Taking in  ━━━━━━━─────────────────  33 %  about 2 minutes left";
      assertEquals("\r" + first + "\r" + first, written());
      line.show(told("Taking in", 2, 3));
      assertEquals("", written(), "not twice in a moment");
      clock.pass(Duration.ofSeconds(1));
      line.show(told("Taking in", 2, 0));
      String second = "Taking in: 2 messages so far.";
      assertEquals(
          "\r" + second + " ".repeat(first.length() - second.length()) + "\r" + second, written());
      line.show(Optional.empty());
      assertEquals("\r" + " ".repeat(second.length()) + "\r", written());
    }
    assertEquals("", written(), "there was nothing left to take away");
  }

  @Test
  void theLineFitsANarrowTerminal() {
    try (ProgressLine line = new ProgressLine(clock, out, true)) {
      line.show(told("Fetching what your friends wrote", 50, 100));
      String text = written();
      assertEquals(79, text.substring(text.lastIndexOf('\r') + 1).length());
      clock.pass(Duration.ofSeconds(1));
      line.show(told("x".repeat(100), 50, 100));
      text = written();
      assertEquals(79, text.substring(text.lastIndexOf('\r') + 1).length());
    }
  }

  @Test
  void elsewhereAPlainLineIsWrittenNowAndThen() {
    try (ProgressLine line = new ProgressLine(clock, out, false)) {
      for (long done = 0; done < 100; done++) {
        line.show(told("Taking in", done, 100));
      }
      List<String> lines = written().lines().toList();
      assertEquals(10, lines.size());
      assertEquals("Taking in: 40 %, about 2 minutes left.", lines.get(4));
      line.show(told("Taking in", 95, 100));
      assertEquals("", written());
      clock.pass(Duration.ofSeconds(31));
      line.show(told("Taking in", 95, 100));
      assertTrue(written().startsWith("Taking in: 95 %"));
    }
    assertFalse(written().contains("\r"));
  }

  @Test
  void whatTheNodeSaysIsToldAlike() {
    ProgressLine.Told told =
        ProgressLine.Told.of(
            JsonMapper.shared()
                .readTree(
                    """
                    {"title": "Taking in", "words": "Taking in: 50 %, about 2 minutes left.",
                     "percent": 50, "left": "about 2 minutes left"}
                    """));
    assertEquals(told("Taking in", 1, 2), Optional.of(told));
    assertTrue(
        ProgressLine.Told.of(JsonMapper.shared().readTree("{\"percent\": null, \"left\": null}"))
            .left()
            .isEmpty());
  }
}
