package org.skep.fuzz;

/** What a target demands. */
public final class Must {
  private Must() {}

  /**
   * @param what the rule, in words
   */
  public static void hold(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /**
   * @param what the rule, in words
   */
  public static void equal(Object expected, Object found, String what) {
    if (!expected.equals(found)) {
      throw new AssertionError(what + ": " + expected + " became " + found);
    }
  }
}
