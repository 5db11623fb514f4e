package org.skep.app.cli;

/** Says in the terminal, at each tenth of the way, how far something is. */
final class Tenths {
  private final String what;
  private long said;

  /**
   * @param what begins the line, as in "Written: 10 of 100."
   */
  Tenths(String what) {
    this.what = what;
  }

  void at(long done, long total) {
    long tenths = total == 0 ? 10 : 10 * done / total;
    if (tenths > said) {
      said = tenths;
      Output.note(what + ": " + done + " of " + total + ".");
    }
  }
}
