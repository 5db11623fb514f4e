package org.skep.engine;

import java.time.Duration;
import java.util.List;
import org.skep.kernel.Aliases;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.skep.kernel.Row;
import org.skep.kernel.Snapshots;

/** Whether entries wait for those before them, which do not come. */
final class WaitingExamination implements Examination {
  static final Duration PATIENCE = Duration.ofDays(1);

  private final Snapshots store;
  private final Aliases aliases;
  private final Clock clock;

  WaitingExamination(Snapshots store, Aliases aliases, Clock clock) {
    this.store = store;
    this.aliases = aliases;
    this.clock = clock;
  }

  private record Waiting(long items, long bytes) {}

  /** Who has waited longest. */
  private record Oldest(String author, long sinceMillis) {}

  @Override
  public List<Finding> look() {
    return store.read(tx -> {
      Waiting all =
          tx.first(
                  row -> new Waiting(row.number(0), row.number(1)),
                  "SELECT count(*), coalesce(sum(length_bytes), 0) FROM deferred")
              .orElseThrow();
      if (all.items() >= Deferrals.WAITING_MAX * 9L / 10
          || all.bytes() >= Deferrals.WAITING_BYTES_MAX * 9 / 10) {
        return List.of(
            new Finding.Wrong(
                ("%d entries wait for those before them, and soon no more can."
                        + " They go by themselves within a week; connect to friends of"
                        + " their authors: ./skep connect ADDRESS")
                    .formatted(all.items())));
      }
      return tx.first(
              (Row row) -> new Oldest(aliases.name(tx, row.number(0)).id(), row.number(1)),
              "SELECT author, received_ms FROM deferred ORDER BY received_ms, number LIMIT 1")
          .filter(oldest -> clock.wallMillis() - oldest.sinceMillis() > PATIENCE.toMillis())
          .<List<Finding>>map(oldest ->
              List.of(
                  new Finding.Wrong(
                      ("Entries have waited for more than a day for those"
                              + " before them, which no computer you know brings. Ask who"
                              + " could: ./skep why %s")
                          .formatted(oldest.author()))))
          .orElse(List.of());
    });
  }
}
