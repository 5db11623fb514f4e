package org.skep.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.testkit.scuttlebutt.Fixture;

/**
 * How large a fixture is; written {@code 3000x300}.
 *
 * @param messages at least as many as authors
 * @param authors at least 2
 */
record Size(int messages, int authors) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,7})x([0-9]{1,5})");

  /** Another seed is another past; the figures of two runs are of the same one. */
  private static final long SEED = 1;

  /** The size that is written so, if it is one that a fixture can have. */
  static Optional<Size> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Size size = new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return size.authors >= 2 && size.messages >= size.authors
        ? Optional.of(size)
        : Optional.empty();
  }

  Fixture fixture() {
    return new Fixture(SEED, messages, authors);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d messages by %,d authors", messages, authors);
  }
}
