package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.MessageShape;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** A session between two unmodified peers, as {@code interop/peer/record.js} noted it. */
public final class Transcript {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 64);

  /** Which side said something. */
  public enum Side {
    CLIENT,
    SERVER;

    String word() {
      return this == CLIENT ? "client" : "server";
    }
  }

  /** One packet of muxrpc. */
  public record Packet(Side from, int flags, int request, String body) {}

  private final JsObject head;
  private final List<JsObject> lines;

  private Transcript(JsObject head, List<JsObject> lines) {
    this.head = head;
    this.lines = lines;
  }

  /** Reads {@code transcripts/NAME.jsonl}. */
  public static Transcript load(String name) throws IOException, JsonException {
    String resource = "/transcripts/" + name + ".jsonl";
    try (InputStream in = Objects.requireNonNull(Transcript.class.getResourceAsStream(resource))) {
      List<JsObject> lines = new ArrayList<>();
      // Not lines(): the text holds U+2028.
      for (String line : Bytes.wrap(in.readAllBytes()).utf8().split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.add((JsObject) JsonParser.parse(line, LIMITS));
        }
      }
      return new Transcript(lines.getFirst(), lines.subList(1, lines.size()));
    }
  }

  public Bytes networkKey() {
    return Bytes.ofBase64(head.string("networkKey").orElseThrow());
  }

  /** The seed of one side's long-term key. */
  public Bytes seed(Side side) {
    // libsodium writes a secret key as the seed and the public key.
    return secret(side, "ed25519Private").slice(0, 32);
  }

  public Bytes ephemeralSecret(Side side) {
    return secret(side, "ephemeralX25519Private");
  }

  private Bytes secret(Side side, String name) {
    JsObject keys = (JsObject) head.get(side.word()).orElseThrow();
    return Bytes.ofBase64(keys.string(name).orElseThrow());
  }

  /** All bytes that one side sent over TCP. */
  public Bytes wire(Side from) {
    return Bytes.concat(pieces(from, "wire").toArray(new Bytes[0]));
  }

  /** The opened boxes of one side. */
  public List<Bytes> boxes(Side from) {
    return pieces(from, "box");
  }

  private List<Bytes> pieces(Side from, String kind) {
    return lines.stream()
        .filter(line -> line.string("from").equals(Optional.of(from.word())))
        .flatMap(line -> line.string(kind).stream())
        .map(Bytes::ofBase64)
        .toList();
  }

  /** The packets of both sides, in the order in which the server saw them. */
  public List<Packet> packets() {
    List<Packet> packets = new ArrayList<>();
    for (JsObject line : lines) {
      if (line.get("frame").orElse(JsNull.NULL) instanceof JsObject frame) {
        boolean client = line.string("from").equals(Optional.of(Side.CLIENT.word()));
        packets.add(
            new Packet(
                client ? Side.CLIENT : Side.SERVER,
                number(frame, "flags"),
                number(frame, "request"),
                frame.get("body").orElseThrow() instanceof JsString(String text) ? text : ""));
      }
    }
    return packets;
  }

  private static int number(JsObject frame, String name) {
    JsValue value = frame.get(name).orElseThrow();
    return (int) ((JsNumber) value).value();
  }

  /** The messages that one side sent, in their order, each once. */
  public List<ClassicMessage> messages(Side from) {
    List<ClassicMessage> messages = new ArrayList<>();
    for (Packet packet : packets()) {
      Optional<Bytes> value =
          switch (MessageShape.of(Bytes.ofUtf8(packet.body()))) {
            case MessageShape.Bare(Bytes bare) -> Optional.of(bare);
            case MessageShape.Enveloped enveloped -> Optional.of(enveloped.value());
            case MessageShape.Neither _ -> Optional.empty();
          };
      if (packet.from() == from
          && value.isPresent()
          && ClassicCodec.parse(value.get()) instanceof ClassicCodec.Parsed(var message)
          && !messages.contains(message)) {
        messages.add(message);
      }
    }
    return messages;
  }
}
