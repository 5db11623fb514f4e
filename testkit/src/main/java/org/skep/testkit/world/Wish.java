package org.skep.testkit.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which worlds are to be played: one of each of the kinds for each of the seeds.
 *
 * @param firstSeed the others follow it
 * @param part which of them, where several processes share them
 */
record Wish(List<Kind> kinds, long firstSeed, int seeds, Optional<Part> part) {
  private static final int SEEDS = 125;

  /**
   * A share of them.
   *
   * @param number from 0 on
   * @param of how many parts there are
   */
  record Part(int number, int of) {}

  /**
   * Reads the command line: kinds, {@code --seed=N} (that one alone), {@code --seeds=N} (so many,
   * from one on that is new each time, or that {@code --from=N} says).
   *
   * @throws IllegalArgumentException in words
   */
  static Wish of(List<String> words, long from) {
    List<Kind> kinds = new ArrayList<>();
    long first = from;
    int seeds = SEEDS;
    Optional<Part> part = Optional.empty();
    for (String word : words) {
      Optional<Kind> kind =
          Arrays.stream(Kind.values()).filter(each -> each.toString().equals(word)).findFirst();
      String value = word.substring(word.indexOf('=') + 1);
      if (kind.isPresent()) {
        kinds.add(kind.get());
      } else if (word.matches("--seed=[0-9]{1,18}")) {
        first = Long.parseLong(value);
        seeds = 1;
      } else if (word.matches("--from=[0-9]{1,18}")) {
        first = Long.parseLong(value);
      } else if (word.matches("--seeds=[1-9][0-9]{0,6}")) {
        seeds = Integer.parseInt(value);
      } else if (word.matches("--part=[0-9]{1,3}/[1-9][0-9]{0,2}")) {
        int slash = value.indexOf('/');
        part =
            Optional.of(
                new Part(
                    Integer.parseInt(value.substring(0, slash)),
                    Integer.parseInt(value.substring(slash + 1))));
      } else {
        throw new IllegalArgumentException(
            word
                + " is no kind of world "
                + Arrays.toString(Kind.values())
                + " and not --seed=N, --seeds=N or --from=N.");
      }
    }
    return new Wish(kinds.isEmpty() ? List.of(Kind.values()) : kinds, first, seeds, part);
  }

  /** What {@link #of} reads. */
  List<String> words() {
    return Stream.concat(
            kinds.stream().map(Kind::toString),
            Stream.concat(
                Stream.of("--from=" + firstSeed, "--seeds=" + seeds),
                part.map(one -> "--part=" + one.number() + "/" + one.of()).stream()))
        .toList();
  }

  /** One share of it. */
  Wish part(int number, int of) {
    return new Wish(kinds, firstSeed, seeds, Optional.of(new Part(number, of)));
  }

  /** How many, over all parts. */
  int worlds() {
    return kinds.size() * seeds;
  }

  /** Whether a world is of this part; each part gets some of each kind. */
  boolean has(int kind, int seed) {
    return part.isEmpty() || (kind + seed) % part.get().of() == part.get().number();
  }
}
