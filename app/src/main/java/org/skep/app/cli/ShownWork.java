package org.skep.app.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.skep.kernel.Undertaking;

/**
 * Work of a command itself that is told on the terminal while it goes on; it begins with the first
 * that is heard of it. One thread.
 */
final class ShownWork implements AutoCloseable {
  private final Supplier<Undertaking> beginning;
  private final ProgressLine line;
  private Optional<Undertaking> begun = Optional.empty();

  ShownWork(Supplier<Undertaking> beginning, ProgressLine line) {
    this.beginning = beginning;
    this.line = line;
  }

  /**
   * So far it is.
   *
   * @param total 0 where nobody can guess
   */
  void at(long done, long total) {
    Undertaking work = begun.orElseGet(beginning);
    begun = Optional.of(work);
    work.at(done, total);
    line.show(work.progress().map(ProgressLine.Told::of));
  }

  @Override
  public void close() {
    line.close();
  }
}
