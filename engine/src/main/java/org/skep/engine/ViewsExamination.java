package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.Examination;
import org.skep.kernel.Projection;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Tx;

/** Whether the views show all that is kept. */
final class ViewsExamination implements Examination {
  private final Snapshots store;
  private final List<Projection> views;
  private final boolean running;

  /**
   * @param running whether the node runs; views of one that does not are built at its next start
   */
  ViewsExamination(Snapshots store, Aliases aliases, boolean running) {
    this.store = store;
    this.views = Engine.views(aliases);
    this.running = running;
  }

  private enum State {
    FINE,
    /** Something was let go of, and the next look builds the view without it. */
    STALE,
    BEHIND
  }

  @Override
  public List<Finding> look() {
    List<State> states = store.read(tx -> views.stream().map(view -> state(tx, view)).toList());
    if (states.stream().allMatch(State.FINE::equals)) {
      return List.of();
    }
    if (!running) {
      return List.of(
          new Finding.Remark(
              "What the page shows is built anew at the next start, which may take minutes."));
    }
    return states.contains(State.BEHIND)
        ? List.of(
            new Finding.Wrong("The page does not show all that is kept here. Say: ./skep rebuild"))
        : List.of(
            new Finding.Remark(
                "The page still shows what was let go of; that is mended within a day, or by"
                    + " ./skep rebuild"));
  }

  private static State state(Tx tx, Projection view) {
    long last = tx.number("SELECT ifnull(max(local_seq), 0) FROM fact").orElse(0L);
    record Row(long version, long offset) {}
    Optional<Row> row =
        tx.first(
            known -> new Row(known.number(0), known.number(1)),
            "SELECT version, offset FROM projection WHERE name = ?",
            view.name());
    if (row.isEmpty() || row.get().version() != view.version()) {
      return State.BEHIND;
    }
    if (row.get().offset() < 0) {
      return State.STALE;
    }
    return row.get().offset() < last ? State.BEHIND : State.FINE;
  }
}
