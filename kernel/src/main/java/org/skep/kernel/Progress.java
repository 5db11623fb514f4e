package org.skep.kernel;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far longer work is at one moment; see {@link Undertaking}.
 *
 * @param words what is being done, as the beginning of a sentence
 * @param parts what is counted, such as {@code messages}; empty where the numbers say nothing to a
 *     person
 * @param done how many of them, 0 or more
 * @param total of how many, by the best guess; empty where nobody can guess
 * @param left how long it may still take; empty where that is not worth saying
 */
public record Progress(
    String words, String parts, long done, OptionalLong total, Optional<Duration> left) {
  private static final int PERCENT_MAX = 99;

  /** How much of it is done, from 0 to 99: what is all done is no longer under way. */
  public OptionalInt percent() {
    if (total.isEmpty() || total.getAsLong() <= 0) {
      return OptionalInt.empty();
    }
    double share = Math.min(1, (double) done / total.getAsLong());
    return OptionalInt.of(Math.min(PERCENT_MAX, (int) (100 * share)));
  }

  /** All of it, for a person. */
  public String sentence() {
    StringBuilder sentence = new StringBuilder(words);
    String howFar = howFar();
    if (!howFar.isEmpty()) {
      sentence.append(": ").append(howFar);
    }
    leftInWords().ifPresent(time -> sentence.append(", ").append(time));
    return sentence.append('.').toString();
  }

  /** How far it is, such as {@code 20 of about 300 messages} or {@code 6 %}; empty if unknown. */
  public String howFar() {
    if (parts.isEmpty()) {
      return percent().isPresent() ? percent().getAsInt() + " %" : "";
    }
    return total.isPresent()
        ? "%s of about %s %s".formatted(grouped(done), grouped(rough(total.getAsLong())), parts)
        : "%s %s so far".formatted(grouped(done), parts);
  }

  /** Three digits are enough of a guess; upwards, so that it is never less than what is done. */
  private static long rough(long number) {
    long unit = 1;
    while (number / unit >= 1_000) {
      unit *= 10;
    }
    return Math.ceilDiv(number, unit) * unit;
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** How long it may still take, in words, such as {@code about 2 minutes left}. */
  public Optional<String> leftInWords() {
    return left.map(time -> inWords(time) + " left");
  }

  private static String inWords(Duration time) {
    long seconds = time.toSeconds();
    long minutes = Math.round(seconds / 60.0);
    if (seconds < 50) {
      return "less than a minute";
    }
    if (minutes == 1) {
      return "about a minute";
    }
    if (minutes < 10) {
      return "about " + minutes + " minutes";
    }
    long fives = 5 * Math.round(minutes / 5.0);
    if (fives < 60) {
      return "about " + fives + " minutes";
    }
    long hours = Math.round(minutes / 60.0);
    return hours == 1 ? "about an hour" : "about " + hours + " hours";
  }
}
