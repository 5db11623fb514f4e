package org.skep.app.cli;

/** Says in the terminal, at each tenth of the way, how far something is. */
final class Tenths {
  /** Says how far it is, in a sentence. */
  interface Wording {
    String of(long done, long total);
  }

  private final Wording wording;
  private long said = -1;

  Tenths(Wording wording) {
    this.wording = wording;
  }

  void at(long done, long total) {
    long tenths = total == 0 ? 10 : 10 * done / total;
    if (tenths > said) {
      said = tenths;
      Output.note(wording.of(done, total));
    }
  }
}
