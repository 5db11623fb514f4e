package org.skep.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Tx;

/**
 * Whether what was written here reaches others: of whoever gave an address to dial, or was met
 * before. Who never met anybody misses nothing.
 */
final class DeliveryExamination implements Examination {
  static final Duration PATIENCE = Duration.ofDays(2);

  private final Snapshots store;
  private final Clock clock;

  DeliveryExamination(Snapshots store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** An own log on a network in which peers fetch, and how far any of them has it. */
  private record Log(String name, long identity, String log, long confirmed) {}

  @Override
  public List<Finding> look() {
    return store.read(tx -> logs(tx).stream().flatMap(log -> stuck(tx, log).stream()).toList());
  }

  private static List<Log> logs(Tx tx) {
    return tx.all(
        row -> new Log(row.text(0), row.number(1), row.text(2), row.number(3)),
        "SELECT a.name, i.identity, f.log, coalesce((SELECT max(k.sequence) FROM acknowledged k"
            + " WHERE k.author = i.identity AND k.log = f.log), 0)"
            + " FROM account_identity i JOIN account a ON a.number = i.account"
            + " JOIN feed f ON f.author = i.identity JOIN alias n ON n.number = i.identity"
            + " WHERE EXISTS (SELECT 1 FROM acknowledged k WHERE k.author = i.identity)"
            + " OR EXISTS (SELECT 1 FROM address d WHERE d.account = i.account"
            + " AND d.network = n.network) ORDER BY i.identity, f.log");
  }

  private Optional<Finding> stuck(Tx tx, Log log) {
    return tx.number(
            "SELECT received_ms FROM fact WHERE author = ? AND log = ? AND sequence > ?"
                + " ORDER BY sequence LIMIT 1",
            log.identity(),
            log.log(),
            log.confirmed())
        .filter(since -> clock.wallMillis() - since > PATIENCE.toMillis())
        .map(_ ->
            new Finding.Wrong(
                ("What %s wrote more than two days ago has reached no other"
                        + " computer. Connect to a friend's: ./skep connect ADDRESS")
                    .formatted(log.name())));
  }
}
