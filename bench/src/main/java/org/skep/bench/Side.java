package org.skep.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A program of a comparison, with what each round found.
 *
 * @param name who takes in from whom
 * @param rounds at least one
 */
record Side(String name, List<Intake> rounds) {
  Sample sample(Figure figure) {
    return Sample.of(rounds.stream().map(figure::of).toList());
  }

  double median(Figure figure) {
    return sample(figure).median();
  }

  void tell(Size size, Consumer<String> out) {
    out.accept("");
    out.accept(name + ", " + size + ", median of " + rounds.size() + " (least to most)");
    for (Figure figure : Figure.values()) {
      out.accept(line(figure.words(), sample(figure).words(figure.decimals(), figure.unit())));
    }
  }

  /** Tells the CPU aside. */
  void tellAside(String whose, Consumer<String> out) {
    out.accept(
        line(
            "CPU, " + whose,
            Sample.of(rounds.stream().map(Intake::asideCpu).map(Intake::seconds).toList())
                .words(2, "s")));
  }

  /** How many times as good it is as another. */
  double times(Side other, Figure figure) {
    return figure.moreIsBetter()
        ? median(figure) / other.median(figure)
        : other.median(figure) / median(figure);
  }

  /** Tells how it does beside another. */
  void compare(Side other, Consumer<String> out) {
    out.accept("");
    out.accept(name + ", beside " + other.name + ", medians: more than 1 is better");
    for (Figure figure : Figure.COMPARED) {
      out.accept(line(figure.words(), String.format(Locale.ROOT, "%.2f", times(other, figure))));
    }
  }

  private static String line(String what, String words) {
    return String.format(Locale.ROOT, "  %-16s %s", what, words);
  }
}
