package org.skep.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What JMH found, with one library and with another. */
final class JmhReport {
  private JmhReport() {}

  /**
   * Sets the results beside each other, in lines.
   *
   * @param columns JMH's results in its JSON form, by the name of the library
   */
  static List<String> lines(Map<String, JsonNode> columns) {
    Map<String, StringBuilder> lines = new LinkedHashMap<>();
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "  %-20s", ""));
    columns.forEach((library, results) -> {
      head.append(String.format(Locale.ROOT, "  %22s", library));
      for (JsonNode result : results) {
        lines
            .computeIfAbsent(
                name(result.path("benchmark").asString()),
                name -> new StringBuilder(String.format(Locale.ROOT, "  %-20s", name)))
            .append(String.format(Locale.ROOT, "  %22s", figure(result.path("primaryMetric"))));
      }
    });
    return Stream.concat(Stream.of(head), lines.values().stream()).map(Object::toString).toList();
  }

  private static String name(String benchmark) {
    return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
  }

  private static String figure(JsonNode metric) {
    double score = metric.path("score").asDouble();
    // Of a single measurement nobody knows how far it is off.
    double error = metric.path("scoreError").asDouble(Double.NaN);
    return Double.isNaN(error)
        ? String.format(Locale.ROOT, "%.2f µs", score)
        : String.format(Locale.ROOT, "%.2f ± %.2f µs", score, error);
  }
}
