package org.skep.testkit.world;

import java.util.ArrayDeque;
import java.util.List;

/** What happened in a world, in words; of a long story the end. */
final class Trace {
  private static final int LINES_MAX = 4_000;

  private final Scheduler scheduler;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long hash = 7;

  Trace(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void say(String words) {
    String line = "%12.6f %s".formatted(scheduler.nowNanos() / 1e9, words);
    hash = hash * 31 + line.hashCode();
    lines.addLast(line);
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Another number as soon as anything happened otherwise, or at another time. */
  long print() {
    return hash * 31 + scheduler.print();
  }
}
