package org.skep.bench;

/** What a figure is to keep to. */
final class Bar {
  private Bar() {}

  static String words(String rule, boolean held) {
    return "bar: " + rule + ": " + (held ? "held" : "NOT HELD");
  }
}
