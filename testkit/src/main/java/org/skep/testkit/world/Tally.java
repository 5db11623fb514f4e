package org.skep.testkit.world;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of worlds.
 *
 * @param passed so many held
 * @param failed in so many something broke
 * @param print the same number each time the same worlds went by in the same way, in any order
 */
record Tally(int passed, int failed, long print) {
  static final Tally NONE = new Tally(0, 0, 0);

  private static final Pattern WORDS =
      Pattern.compile("([0-9]{1,9}) passed, ([0-9]{1,9}) failed \\(([0-9a-f]{1,16})\\)");

  Tally plus(Tally other) {
    return new Tally(passed + other.passed, failed + other.failed, print ^ other.print);
  }

  Tally plus(World.Outcome outcome) {
    int held = outcome.failure().isEmpty() ? 1 : 0;
    return plus(new Tally(held, 1 - held, outcome.print()));
  }

  /** What was said by {@link #toString}; empty for other words. */
  static Optional<Tally> of(String words) {
    Matcher said = WORDS.matcher(words);
    return said.matches()
        ? Optional.of(
            new Tally(
                Integer.parseInt(said.group(1)),
                Integer.parseInt(said.group(2)),
                Long.parseUnsignedLong(said.group(3), 16)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%d passed, %d failed (%x)".formatted(passed, failed, print);
  }
}
