package org.skep.wire.json;

import java.math.BigDecimal;

/**
 * Writes a double as JavaScript does (ECMA-262, section 6.1.6.1.20, Number::toString): the fewest
 * digits that read back as the same double, and of those the nearest to it.
 */
final class EcmaNumber {
  /** Above these an exponent is written. */
  private static final int PLAIN_POINT_MAX = 21;

  private static final int PLAIN_POINT_MIN = -5;
  private static final double LONG_EXACT_MAX = 9_007_199_254_740_992.0;

  private EcmaNumber() {}

  /**
   * @param value finite
   */
  static void append(StringBuilder out, double value) {
    if (Math.abs(value) < LONG_EXACT_MAX && value == Math.rint(value)) {
      out.append((long) value);
      return;
    }
    if (value < 0) {
      out.append('-');
    }
    appendPositive(out, Decimal.shortest(Math.abs(value)));
  }

  private static void appendPositive(StringBuilder out, Decimal decimal) {
    String digits = decimal.digits;
    int point = decimal.point;
    int count = digits.length();
    if (point >= PLAIN_POINT_MIN && point <= PLAIN_POINT_MAX) {
      if (point <= 0) {
        out.append("0.").repeat('0', -point).append(digits);
      } else if (point < count) {
        out.append(digits, 0, point).append('.').append(digits, point, count);
      } else {
        out.append(digits).repeat('0', point - count);
      }
      return;
    }
    out.append(digits.charAt(0));
    if (count > 1) {
      out.append('.').append(digits, 1, count);
    }
    int exponent = point - 1;
    out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent));
  }

  /**
   * A positive decimal number, 0.{@code digits} × 10^{@code point}.
   *
   * @param digits without zeros at either end
   * @param point where the decimal point stands, counted from the first digit
   */
  private record Decimal(String digits, int point) {
    static Decimal shortest(double value) {
      Decimal java = ofJava(Double.toString(value));
      return java.digits.length() == 2 ? java.inOneDigit(value) : java;
    }

    /**
     * {@link Double#toString} gives the fewest digits too (since JDK 19), but never fewer than two:
     * among the tiniest numbers it writes 4.9E-324 where one digit, 5e-324, would do.
     */
    private Decimal inOneDigit(double value) {
      int first = digits.charAt(0) - '0';
      Decimal below = new Decimal(Integer.toString(first), point);
      Decimal above =
          first == 9
              ? new Decimal("1", point + 1)
              : new Decimal(Integer.toString(first + 1), point);
      boolean belowReads = below.toBigDecimal().doubleValue() == value;
      boolean aboveReads = above.toBigDecimal().doubleValue() == value;
      if (belowReads && aboveReads) {
        return above.distanceTo(value).compareTo(below.distanceTo(value)) < 0 ? above : below;
      }
      return belowReads ? below : aboveReads ? above : this;
    }

    private BigDecimal distanceTo(double value) {
      return toBigDecimal().subtract(new BigDecimal(value)).abs();
    }

    private BigDecimal toBigDecimal() {
      return new BigDecimal("0." + digits + "e" + point);
    }

    /** Takes apart a positive number in the form of {@link Double#toString}. */
    private static Decimal ofJava(String text) {
      int exponentAt = text.indexOf('E');
      int mantissaEnd = exponentAt < 0 ? text.length() : exponentAt;
      int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1));
      int dot = text.indexOf('.');
      String all = text.substring(0, dot) + text.substring(dot + 1, mantissaEnd);
      int from = 0;
      while (all.charAt(from) == '0') {
        from++;
      }
      int to = all.length();
      while (all.charAt(to - 1) == '0') {
        to--;
      }
      return new Decimal(all.substring(from, to), dot - from + exponent);
    }
  }
}
