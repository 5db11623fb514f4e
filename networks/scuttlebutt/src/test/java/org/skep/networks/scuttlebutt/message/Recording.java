package org.skep.networks.scuttlebutt.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.skep.kernel.Bytes;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** The messages that JavaScript programs made and judged; the file's first line says how. */
final class Recording {
  private Recording() {}

  /**
   * One judged message.
   *
   * @param name what is special about it
   * @param cap the signing cap under which it is judged
   * @param validByValidate the verdict of ssb-validate
   * @param validByClassic the verdict of ssb-classic
   * @param id what the JavaScript programs call it
   */
  record Case(
      String name,
      SignCap cap,
      boolean validByValidate,
      boolean validByClassic,
      String id,
      Bytes text) {
    /** Whether it follows the case before it in the feed. */
    boolean continuesFeed() {
      return name.contains("chain") && !name.endsWith("chain 1");
    }
  }

  static List<Case> cases() throws IOException, JsonException {
    List<Case> cases = new ArrayList<>();
    for (String line : lines()) {
      String[] columns = line.split("\t", -1);
      cases.add(
          new Case(
              columns[0],
              columns[1].equals("-") ? SignCap.NONE : SignCap.parse(columns[1]).orElseThrow(),
              columns[2].equals("valid"),
              columns[3].equals("valid"),
              columns[4],
              Bytes.ofUtf8(unwrap(columns[5]))));
    }
    return cases;
  }

  /** Those that both JavaScript programs take. */
  static List<Case> validCases() throws IOException, JsonException {
    return cases().stream().filter(c -> c.validByValidate() && c.validByClassic()).toList();
  }

  static ClassicMessage parsed(Bytes text) {
    return switch (ClassicCodec.parse(text)) {
      case ClassicCodec.Parsed(ClassicMessage message) -> message;
      case ClassicCodec.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String unwrap(String json) throws JsonException {
    return ((JsString) JsonParser.parse(json, new JsonLimits(200_000, 0))).value();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = Recording.class.getResourceAsStream("classic-messages.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      // Not lines(): a recorded text may hold other line ends.
      return List.of(all.split("\n")).stream().skip(1).toList();
    }
  }
}
