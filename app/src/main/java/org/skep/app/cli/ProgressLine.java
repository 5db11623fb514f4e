package org.skep.app.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;
import org.skep.kernel.Progress;
import tools.jackson.databind.JsonNode;

/**
 * Tells on the terminal how far longer work is: in one line that is written over where somebody
 * looks, in a plain line now and then where it goes elsewhere. One thread.
 */
final class ProgressLine implements AutoCloseable {
  /** What fits the narrowest of usual terminals, less the place behind the last letter. */
  private static final int COLUMNS = 79;

  private static final int BAR_MIN = 8;
  private static final int BAR_MAX = 24;
  private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
  private static final Duration PLAIN_AGAIN_AFTER = Duration.ofSeconds(30);

  private final Clock clock;
  private final PrintStream out;
  private final boolean terminal;

  /** How many columns the line that stands there takes; 0 when there is none. */
  private int drawn;

  private int tenthsSaid = -1;
  private Optional<Long> saidNanos = Optional.empty();

  ProgressLine(Clock clock, PrintStream out, boolean terminal) {
    this.clock = clock;
    this.out = out;
    this.terminal = terminal;
  }

  /** Beside the output of a command. */
  static ProgressLine ofCommand() {
    return new ProgressLine(new SystemClock(), Output.notes(), isSeen());
  }

  /** The launcher knows of the very stream; without it the console is the best guess. */
  private static boolean isSeen() {
    return Optional.ofNullable(System.getProperty("skep.notes"))
        .map("terminal"::equals)
        .orElseGet(
            () -> Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  /**
   * What is told.
   *
   * @param title what is being done
   * @param sentence all of it
   * @param percent from 0 to 99
   * @param left how long it may still take, in words
   */
  record Told(String title, String sentence, OptionalInt percent, Optional<String> left) {
    static Told of(Progress progress) {
      return new Told(
          progress.words(), progress.sentence(), progress.percent(), progress.leftInWords());
    }

    /** As the node's status says it. */
    static Told of(JsonNode progress) {
      JsonNode percent = progress.path("percent");
      return new Told(
          progress.path("title").asString(""),
          progress.path("words").asString(""),
          percent.isNumber() ? OptionalInt.of(percent.asInt()) : OptionalInt.empty(),
          Optional.of(progress.path("left").asString("")).filter(words -> !words.isEmpty()));
    }
  }

  /** Tells it, unless that was done a moment ago; takes the line away where there is nothing. */
  void show(Optional<Told> told) {
    if (told.isEmpty()) {
      clear();
    } else if (terminal) {
      draw(told.get());
    } else {
      say(told.get());
    }
  }

  private boolean isTimeAfter(Duration pause) {
    return saidNanos.filter(nanos -> clock.monotonicNanos() - nanos < pause.toNanos()).isEmpty();
  }

  private void draw(Told told) {
    if (isTimeAfter(AGAIN_AFTER)) {
      saidNanos = Optional.of(clock.monotonicNanos());
      write(line(told));
    }
  }

  private void write(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())) + '\r' + line);
    out.flush();
    drawn = line.length();
  }

  private static String line(Told told) {
    if (told.percent().isEmpty()) {
      return told.sentence().substring(0, Math.min(COLUMNS, told.sentence().length()));
    }
    int percent = told.percent().getAsInt();
    String before = told.title() + "  ";
    String behind =
        "  %2d %%%s".formatted(percent, told.left().map(left -> "  " + left).orElse(""));
    int room = COLUMNS - before.length() - behind.length();
    int bar = Math.clamp(room, BAR_MIN, BAR_MAX);
    int full = bar * percent / 100;
    String line = before + "━".repeat(full) + "─".repeat(bar - full) + behind;
    return line.substring(0, Math.min(COLUMNS, line.length()));
  }

  private void say(Told told) {
    int tenths = told.percent().orElse(0) / 10;
    if (tenths > tenthsSaid || isTimeAfter(PLAIN_AGAIN_AFTER)) {
      saidNanos = Optional.of(clock.monotonicNanos());
      tenthsSaid = tenths;
      out.println(told.sentence());
    }
  }

  private void clear() {
    if (drawn > 0) {
      out.print('\r' + " ".repeat(drawn) + '\r');
      out.flush();
    }
    drawn = 0;
    tenthsSaid = -1;
    saidNanos = Optional.empty();
  }

  @Override
  public void close() {
    clear();
  }
}
