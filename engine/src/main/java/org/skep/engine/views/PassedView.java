package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/** Which facts no view shows anything of, because they are damaged or a view trips over them. */
public final class PassedView implements Projection {
  public static final String NAME = "passed";

  /** Why a fact is passed over. */
  public enum Why {
    DAMAGED,
    TRIPPED
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE TABLE {passed.fact} (seq INTEGER PRIMARY KEY, why TEXT NOT NULL) STRICT");
  }

  /** Nothing that a fact says is of interest here. */
  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {}

  public void passOver(Tx tx, long localSeq, Why why) {
    tx.run("INSERT OR REPLACE INTO {passed.fact} (seq, why) VALUES (?, ?)", localSeq, why.name());
  }

  @Override
  public List<String> dump() {
    return List.of("SELECT seq || ' ' || why FROM {passed.fact} ORDER BY seq");
  }
}
