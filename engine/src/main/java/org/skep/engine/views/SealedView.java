package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/** Which facts are sealed, so that a key that comes later finds them. */
public final class SealedView implements Projection {
  @Override
  public String name() {
    return "sealed";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    return List.of("CREATE TABLE {sealed.fact} (seq INTEGER PRIMARY KEY) STRICT");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    if (event instanceof DomainEvent.Sealed
        && tx.run("INSERT OR IGNORE INTO {sealed.fact} (seq) VALUES (?)", cause.localSeq()) > 0) {
      tx.announce(new Announcement.SealedKept());
    }
  }

  @Override
  public List<String> dump() {
    return List.of("SELECT CAST(seq AS TEXT) FROM {sealed.fact} ORDER BY seq");
  }
}
