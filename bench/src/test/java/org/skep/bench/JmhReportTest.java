package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JmhReportTest {
  private static JsonNode results(String error, double score) {
    return JsonMapper.shared()
        .readTree(
            """
            [{"benchmark": "org.skep.bench.jmh.Signatures.verify",
              "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "us/op"}}]
            """
                .formatted(score, error));
  }

  @Test
  void eachOperationIsOneLineWithAColumnForEachLibrary() {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    columns.put("fast", results("0.5", 42.125));
    columns.put("slow", results("\"NaN\"", 160));

    assertEquals(
        List.of(
            "                                          fast                    slow",
            "  Signatures.verify            42.13 ± 0.50 µs               160.00 µs"),
        JmhReport.lines(columns));
  }
}
