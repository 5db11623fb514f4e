package org.skep.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Some measured values of one kind, in whatever order they came; at least one. */
final class Sample {
  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  static Sample of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** The middle one, or half-way between the two in the middle. */
  double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * The smallest measured value that at least so many of a hundred do not exceed ("nearest rank"):
   * always one that was measured.
   *
   * @param percent above 0, at most 100
   */
  double percentile(int percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException("no percentile: " + percent);
    }
    // In whole numbers, because 0.9 * 10 may be a little more than 9.
    int rank = Math.ceilDiv(percent * sorted.length, 100);
    return sorted[rank - 1];
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  /** The median, and in brackets how far the values lie apart. */
  String words(int decimals, String unit) {
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " %s  (" + number + " to " + number + ")",
        median(),
        unit,
        least(),
        most());
  }
}
