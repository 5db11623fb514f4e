package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.engine.views.PassedView;
import org.skep.kernel.Examination;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Tx;

/** Whether the views had to pass over something that is kept. */
final class PassedExamination implements Examination {
  private final Snapshots store;

  PassedExamination(Snapshots store) {
    this.store = store;
  }

  @Override
  public List<Finding> look() {
    return store.read(tx -> isThere(tx) ? look(tx) : List.of());
  }

  /** A folder that an older version wrote has no such view yet. */
  private static boolean isThere(Tx tx) {
    return tx.number("SELECT 1 FROM projection WHERE name = ?", PassedView.NAME).isPresent();
  }

  private static List<Finding> look(Tx tx) {
    List<Finding> findings = new ArrayList<>();
    passed(tx, PassedView.Why.DAMAGED)
        .map(what ->
            new Finding.Wrong(
                "The disk did not keep "
                    + what
                    + " as it was; that is passed over, and all else is shown. The disk may be"
                    + " failing, so make a copy elsewhere. Say: ./skep export DIR"))
        .ifPresent(findings::add);
    passed(tx, PassedView.Why.TRIPPED)
        .map(what ->
            new Finding.Remark(
                "Skep trips over "
                    + what
                    + " and shows nothing of it. That is a fault of Skep's, of which the log says"
                    + " more; all else is shown."))
        .ifPresent(findings::add);
    return findings;
  }

  private static Optional<String> passed(Tx tx, PassedView.Why why) {
    long count =
        tx.number("SELECT count(*) FROM {passed.fact} WHERE why = ?", why.name()).orElse(0L);
    return tx.first(
            row -> "entry " + row.number(0) + " of " + row.textIfAny(1).orElse("somebody"),
            "SELECT f.sequence, a.foreign_id FROM {passed.fact} p"
                + " JOIN fact f ON f.local_seq = p.seq LEFT JOIN alias a ON a.number = f.author"
                + " WHERE p.why = ? ORDER BY p.seq LIMIT 1",
            why.name())
        .map(first -> count == 1 ? first : first + " and " + (count - 1) + " more");
  }
}
