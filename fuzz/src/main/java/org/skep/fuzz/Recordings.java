package org.skep.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Packet;
import org.skep.networks.scuttlebutt.Transcript.Side;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** What real programs said, as it lies beside the tests of the rooms. */
public final class Recordings {
  private Recordings() {}

  /** The two sessions between unmodified peers. */
  public static List<Transcript> sessions() {
    List<Transcript> sessions = new ArrayList<>();
    for (String name : List.of("ebt", "history")) {
      try {
        sessions.add(Transcript.load(name));
      } catch (IOException | JsonException e) {
        throw new IllegalStateException("the transcript " + name + " can't be read", e);
      }
    }
    return sessions;
  }

  /** The bodies of their packets that are JSON, each once. */
  public static List<Bytes> bodies() {
    return sessions().stream()
        .flatMap(session -> session.packets().stream())
        .map(Packet::body)
        .filter(body -> !body.isEmpty())
        .distinct()
        .map(Bytes::ofUtf8)
        .toList();
  }

  /** The messages of their four feeds. */
  public static List<ClassicMessage> messages() {
    return sessions().stream()
        .flatMap(
            session -> Stream.of(Side.values()).flatMap(side -> session.messages(side).stream()))
        .toList();
  }

  /** What those say. */
  public static List<Bytes> contents() {
    return messages().stream()
        .map(message -> Bytes.ofUtf8(V8Writer.stringify(message.content())))
        .toList();
  }

  /** Texts as V8 was given them. */
  public static List<String> jsonTexts() {
    return lines("/org/skep/wire/json/v8-texts.txt")
        .map(line -> unwrapped(line.substring(0, line.indexOf('\t'))))
        .distinct()
        .toList();
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = Objects.requireNonNull(Recordings.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unwrapped(String json) {
    try {
      return ((JsString) JsonParser.parse(json, new JsonLimits(100_000, 0))).value();
    } catch (JsonException e) {
      throw new IllegalStateException("the recording is no JSON", e);
    }
  }
}
