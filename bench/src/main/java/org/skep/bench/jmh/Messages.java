package org.skep.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.testkit.scuttlebutt.Fixture;
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** Classic messages, a thousand in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Messages {
  private static final int COUNT = 1_000;

  private final List<ClassicMessage> messages = new Fixture(1, COUNT, 50).stream().toList();
  private final List<JsValue> values = messages.stream().map(Messages::value).toList();
  private int next;

  private static JsValue value(ClassicMessage message) {
    try {
      return JsonParser.parse(
          new String(message.text().toArray(), StandardCharsets.UTF_8), ClassicCodec.LIMITS);
    } catch (JsonException e) {
      throw new IllegalStateException("a message of the fixture can't be read", e);
    }
  }

  private int turn() {
    next = (next + 1) % COUNT;
    return next;
  }

  /** Reads and checks a text, and names the message by its hash. */
  @Benchmark
  public ClassicCodec.Result parse() {
    return ClassicCodec.parse(messages.get(turn()).text());
  }

  /** Writes the text that is hashed. */
  @Benchmark
  public String encode() {
    return V8Writer.stringifyWithin(values.get(turn()), 2, ClassicCodec.MESSAGE_CHARS_MAX)
        .orElseThrow();
  }

  /** Hashes a text. */
  @Benchmark
  public Bytes hash() {
    return Digests.sha256(messages.get(turn()).signedText());
  }
}
