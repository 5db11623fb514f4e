package org.skep.bench;

import java.util.List;

/** What is told of an intake. */
enum Figure {
  A_CPU_SECOND("a CPU-second", "for each CPU-second", "messages", 0, true),
  SECOND_HALF("second half", "the same, second half", "messages", 0, true),
  CPU("CPU", "CPU", "s", 2, false),
  WALL("wall", "time by the clock", "s", 2, false),
  MEMORY("most memory", "most memory", "MiB", 0, false),
  DISK("disk", "disk", "bytes a message", 0, false);

  /** All but the CPU time, which says what the first says. */
  static final List<Figure> COMPARED = List.of(A_CPU_SECOND, SECOND_HALF, WALL, MEMORY, DISK);

  private static final double MIB = 1 << 20;

  private final String words;
  private final String caption;
  private final String unit;
  private final int decimals;
  private final boolean moreIsBetter;

  Figure(String words, String caption, String unit, int decimals, boolean moreIsBetter) {
    this.words = words;
    this.caption = caption;
    this.unit = unit;
    this.decimals = decimals;
    this.moreIsBetter = moreIsBetter;
  }

  String words() {
    return words;
  }

  /** In a picture, where there is more room than in a column. */
  String caption() {
    return caption;
  }

  String unit() {
    return unit;
  }

  int decimals() {
    return decimals;
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** In its unit; {@link #SECOND_HALF} as {@link #A_CPU_SECOND}. */
  double of(Intake intake) {
    return switch (this) {
      case A_CPU_SECOND -> intake.aCpuSecond();
      case SECOND_HALF -> intake.aCpuSecondLater();
      case CPU -> Intake.seconds(intake.cpu());
      case WALL -> Intake.seconds(intake.wall());
      case MEMORY -> intake.memoryBytes() / MIB;
      case DISK -> intake.diskBytes() / intake.messages();
    };
  }
}
