package org.skep.engine;

import java.util.List;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/** A view that writes a row and then does something else, such as failing. */
class FailingView implements Projection {
  void reached(Fact cause) {
    throw new IllegalStateException("this view fails");
  }

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    return List.of("CREATE TABLE {failing.seen} (seq INTEGER PRIMARY KEY) STRICT");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    tx.run("INSERT INTO {failing.seen} (seq) VALUES (?)", cause.localSeq());
    reached(cause);
  }

  @Override
  public List<String> dump() {
    return List.of("SELECT CAST(seq AS TEXT) FROM {failing.seen} ORDER BY seq");
  }
}
