package org.skep.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.skep.kernel.Snapshots;

/**
 * Whether the computer's clock can be right: not before what was taken in already, nor before Skep.
 */
final class ClockExamination implements Examination {
  /** Skep is not older than that. */
  static final long EARLIEST_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** Clocks are set back by an hour now and then. */
  static final Duration TOLERANCE = Duration.ofHours(2);

  private final Snapshots store;
  private final Clock clock;

  ClockExamination(Snapshots store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<Finding> look() {
    long now = clock.wallMillis();
    if (now < EARLIEST_MILLIS) {
      return List.of(wrong(now, "which is before Skep was made"));
    }
    return store
        .read(tx -> tx.number("SELECT received_ms FROM fact ORDER BY local_seq DESC LIMIT 1"))
        .filter(newest -> now < newest - TOLERANCE.toMillis())
        .<List<Finding>>map(newest ->
            List.of(
                wrong(now, "and yet something was kept here at " + Instant.ofEpochMilli(newest))))
        .orElse(List.of());
  }

  private static Finding wrong(long now, String why) {
    return new Finding.Wrong(
        "The clock of this computer says %s, %s. Set the right time; your posts carry it."
            .formatted(Instant.ofEpochMilli(now), why));
  }
}
