package org.skep.testkit.world;

import java.util.function.Consumer;
import org.skep.kernel.Announcement;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;

/** A store that passes everything on. */
class StoreOver implements Store {
  private final Store real;

  StoreOver(Store real) {
    this.real = real;
  }

  @Override
  public <T> T read(Work<T> work) {
    return real.read(work);
  }

  @Override
  public <T> T write(Lane lane, Work<T> work) {
    return real.write(lane, work);
  }

  @Override
  public Subscription subscribe(Consumer<Announcement> listener) {
    return real.subscribe(listener);
  }

  @Override
  public long diskBytes() {
    return real.diskBytes();
  }

  @Override
  public void close() {
    real.close();
  }
}
