package org.skep.app.cli;

import org.skep.kernel.Undertaking;

/** Work of a command itself that is told on the terminal while it goes on. One thread. */
final class ShownWork implements AutoCloseable {
  private final Undertaking work;
  private final ProgressLine line;

  ShownWork(Undertaking work, ProgressLine line) {
    this.work = work;
    this.line = line;
  }

  /**
   * So far it is.
   *
   * @param total 0 where nobody can guess
   */
  void at(long done, long total) {
    work.at(done, total);
    line.show(work.progress().map(ProgressLine.Told::of));
  }

  @Override
  public void close() {
    line.close();
  }
}
