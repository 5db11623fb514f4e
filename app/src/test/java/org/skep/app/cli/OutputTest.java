package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.skep.kernel.Texts;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OutputTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void programsReadJustWhatWasThereAndTheTerminalObeysNothingOfIt() {
    ObjectNode json = JSON.createObjectNode();
    json.put(
        "text",
        "é ✓ 😀 \u2028 \u2029 \u001b[2J \u007f \u0085 \u009b \n \t \\ \" \u202egood\u202c \u2067");
    json.put("key \u202e", 1);
    String line = Output.escaped(json);
    assertEquals(json, JSON.readTree(line));
    assertTrue(line.codePoints().allMatch(Texts::staysWithinALine), line);
  }
}
