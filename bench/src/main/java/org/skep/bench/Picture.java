package org.skep.bench;

import java.util.List;
import java.util.Locale;

/**
 * Some sides drawn beside each other: a group of bars for each figure, the median as the bar's
 * length, a thin line from the least to the most. A picture by itself, light or dark as the reader
 * likes it, without a script.
 *
 * @param title what was measured
 * @param note when and on what
 * @param sides one to four, the first of them Skep
 */
record Picture(String title, String note, List<Side> sides) {
  private static final int WIDTH = 760;
  private static final int MARGIN = 36;
  private static final int BARS_AT = 230;
  private static final int BAR_WIDTH_MAX = 330;
  private static final int BAR_HEIGHT = 15;
  private static final int BAR_STEP = 20;
  private static final int GROUP_HEIGHT_MIN = 42;
  private static final int GROUP_GAP = 20;
  private static final int HEAD_HEIGHT = 116;
  private static final int FOOT_HEIGHT = 44;

  private static final String STYLE =
      """
      svg { --ground: #fffdf8; --edge: #e8e1d2; --ink: #2b2620; --soft: #756c60;
        --one: #d98a00; --two: #7d8ba1; --three: #efc56b; --four: #b9c2cf }
      @media (prefers-color-scheme: dark) {
        svg { --ground: #1d1a16; --edge: #3a352d; --ink: #f1ebe0; --soft: #a79d8f;
          --one: #f2a71b; --two: #8d9cb5; --three: #8a6420; --four: #56617a }
      }
      text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink) }
      .title { font-size: 20px; font-weight: 600 }
      .figure { font-weight: 600 }
      .soft { font-size: 12px; fill: var(--soft) }
      .value { font-size: 13px; font-variant-numeric: tabular-nums }
      .ground { fill: var(--ground); stroke: var(--edge) }
      .axis { stroke: var(--edge) }
      .reach { stroke: var(--ink); stroke-opacity: .55; stroke-width: 1.5 }
      .side0 { fill: var(--one) } .side1 { fill: var(--two) }
      .side2 { fill: var(--three) } .side3 { fill: var(--four) }
      """;

  String svg() {
    int height = HEAD_HEIGHT + Figure.COMPARED.size() * (groupHeight() + GROUP_GAP) + FOOT_HEIGHT;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                + " role=\"img\" aria-labelledby=\"title desc\">",
            WIDTH,
            height,
            WIDTH,
            height));
    add(svg, String.format(Locale.ROOT, "<title id=\"title\">%s</title>", escaped(title)));
    add(svg, String.format(Locale.ROOT, "<desc id=\"desc\">%s</desc>", escaped(inWords())));
    add(svg, String.format(Locale.ROOT, "<style>%n%s</style>", STYLE));
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\"/>",
            WIDTH - 1,
            height - 1));
    text(svg, "title", MARGIN, 48, title);
    legend(svg);
    int top = HEAD_HEIGHT;
    for (Figure figure : Figure.COMPARED) {
      group(svg, figure, top);
      top += groupHeight() + GROUP_GAP;
    }
    text(svg, "soft", MARGIN, height - 24, note);
    return svg.append("</svg>\n").toString();
  }

  private int groupHeight() {
    return Math.max(GROUP_HEIGHT_MIN, sides.size() * BAR_STEP);
  }

  private void legend(StringBuilder svg) {
    int at = MARGIN;
    for (int i = 0; i < sides.size(); i++) {
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<rect class=\"side%d\" x=\"%d\" y=\"69\" width=\"12\" height=\"12\" rx=\"3\"/>",
              i,
              at));
      text(svg, "value", at + 19, 80, sides.get(i).name());
      // Nobody here knows how wide the reader's letters are: wide enough for most.
      at += 19 + sides.get(i).name().length() * 7 + 26;
    }
  }

  private void group(StringBuilder svg, Figure figure, int top) {
    double longest =
        sides.stream().mapToDouble(side -> side.sample(figure).most()).max().orElseThrow();
    String caption = figure.caption();
    text(
        svg,
        "figure",
        MARGIN,
        top + 14,
        caption.substring(0, 1).toUpperCase(Locale.ROOT) + caption.substring(1));
    text(
        svg, "soft", MARGIN, top + 32, figure.moreIsBetter() ? "more is better" : "less is better");
    for (int i = 0; i < sides.size(); i++) {
      Sample sample = sides.get(i).sample(figure);
      double scale = BAR_WIDTH_MAX / longest;
      int y = top + i * BAR_STEP;
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<rect class=\"side%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>",
              i,
              BARS_AT,
              y,
              sample.median() * scale,
              BAR_HEIGHT));
      if (sample.most() > sample.least()) {
        add(
            svg,
            String.format(
                Locale.ROOT,
                "<line class=\"reach\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                BARS_AT + sample.least() * scale,
                BARS_AT + sample.most() * scale,
                y + BAR_HEIGHT / 2.0,
                y + BAR_HEIGHT / 2.0));
      }
      text(
          svg,
          "value",
          (int) (BARS_AT + sample.most() * scale) + 8,
          y + 12,
          value(figure, sample.median()));
    }
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
            BARS_AT,
            BARS_AT,
            top - 4,
            top + (sides.size() - 1) * BAR_STEP + BAR_HEIGHT + 4));
  }

  /** All of it for somebody who can't see it. */
  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (Side side : sides) {
      words.append(words.isEmpty() ? "" : " ").append(side.name()).append(':');
      for (Figure figure : Figure.COMPARED) {
        words.append(figure == Figure.COMPARED.getFirst() ? " " : "; ");
        words.append(figure.caption()).append(' ');
        words.append(value(figure, side.median(figure)));
      }
      words.append('.');
    }
    return words.append(' ').append(note).toString();
  }

  private static String value(Figure figure, double value) {
    return String.format(Locale.ROOT, "%,." + figure.decimals() + "f %s", value, figure.unit());
  }

  private static void text(StringBuilder svg, String style, int x, int y, String text) {
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>",
            style,
            x,
            y,
            escaped(text)));
  }

  private static void add(StringBuilder svg, String line) {
    svg.append(line).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
