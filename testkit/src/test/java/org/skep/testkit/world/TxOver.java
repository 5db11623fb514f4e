package org.skep.testkit.world;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skep.kernel.Announcement;
import org.skep.kernel.Row;
import org.skep.kernel.Tx;

/** A transaction that passes everything on. */
class TxOver implements Tx {
  private final Tx real;

  TxOver(Tx real) {
    this.real = real;
  }

  /** The same over another one, for what is done apart or on another generation. */
  TxOver over(Tx other) {
    return new TxOver(other);
  }

  @Override
  public int run(String sql, Object... arguments) {
    return real.run(sql, arguments);
  }

  @Override
  public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
    return real.all(mapping, sql, arguments);
  }

  @Override
  public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
    return real.first(mapping, sql, arguments);
  }

  @Override
  public <T> Optional<T> once(Object key, Supplier<Optional<T>> reading) {
    return real.once(key, reading);
  }

  @Override
  public void forget(Object key) {
    real.forget(key);
  }

  @Override
  public void atEnd(Object key, Runnable work) {
    real.atEnd(key, work);
  }

  @Override
  public void apart(Consumer<Tx> work) {
    real.apart(tx -> work.accept(over(tx)));
  }

  @Override
  public void announce(Announcement announcement) {
    real.announce(announcement);
  }

  @Override
  public boolean isAwaited() {
    return real.isAwaited();
  }

  @Override
  public Tx seeing(String projection, long generation) {
    return over(real.seeing(projection, generation));
  }
}
