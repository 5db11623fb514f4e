package org.skep.networks.scuttlebutt.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * Classic messages, bare and in envelopes: kept as they came, the same when a JavaScript program
 * writes them again, and valid only where a real author signed.
 */
public final class MessageTarget implements Target {
  private final ClassicValidator validator = new ClassicValidator(SignCap.NONE);
  private final Set<MessageId> signed = new HashSet<>();
  private final List<Bytes> seeds = new ArrayList<>();

  public MessageTarget() {
    for (Bytes text : texts()) {
      seeds.add(text);
      if (ClassicCodec.parse(text) instanceof ClassicCodec.Parsed(ClassicMessage message)
          && validator.check(message) instanceof ClassicValidator.Valid) {
        signed.add(message.id());
      }
    }
    seeds.addAll(Recordings.bodies());
  }

  private static List<Bytes> texts() {
    List<Bytes> texts = new ArrayList<>();
    Recordings.messages().forEach(message -> texts.add(message.text()));
    try {
      Recording.cases().forEach(one -> texts.add(one.text()));
    } catch (IOException | JsonException e) {
      throw new IllegalStateException("the recording can't be read", e);
    }
    return texts;
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public List<Bytes> seeds() {
    return seeds;
  }

  @Override
  public int lengthBytesMax() {
    return 16_384;
  }

  @Override
  public void read(Bytes input) {
    check(input);
    switch (MessageShape.of(input)) {
      case MessageShape.Bare(Bytes value) -> check(value);
      case MessageShape.Enveloped enveloped -> check(enveloped.value());
      case MessageShape.Neither(String reason) ->
          Must.hold(!reason.isEmpty(), "a refusal has a reason");
    }
  }

  private void check(Bytes text) {
    switch (ClassicCodec.parse(text)) {
      case ClassicCodec.Refused(String reason) -> {
        Must.hold(!reason.isEmpty(), "a refusal has a reason");
        ClassicCodec.authorOf(text);
      }
      case ClassicCodec.Parsed(ClassicMessage message) -> check(text, message);
    }
  }

  private void check(Bytes text, ClassicMessage message) {
    Must.equal(text, message.text(), "a message is kept as it came");
    ClassicCodec.parseBare(text)
        .ifPresent(bare -> {
          Must.equal(bare, message, "whatever way it is read, it is the same");
          Must.equal(
              new MessageShape.Bare(text), MessageShape.of(text), "what is read as bare is bare");
        });
    Must.equal(
        Bytes.ofUtf8(V8Writer.stringify(value(text).without("signature"), 2)),
        message.signedText(),
        "all but the signature is signed");
    Must.equal(
        (message.sequence() == 1), message.previous().isEmpty(), "only the first begins a feed");
    boolean valid = validator.check(message) instanceof ClassicValidator.Valid;
    Must.hold(!valid || signed.contains(message.id()), "nobody signs but its author");
    Bytes again = Bytes.ofUtf8(V8Writer.stringify(value(text)));
    if (!(ClassicCodec.parse(again) instanceof ClassicCodec.Parsed(ClassicMessage rewritten))) {
      throw new AssertionError("what is written again is a message");
    }
    Must.equal(message.id(), rewritten.id(), "written again it has the same id");
    Must.equal(message.signedText(), rewritten.signedText(), "and the same is signed");
    Must.hold(
        MessageShape.of(again) instanceof MessageShape.Bare(Bytes bare) && bare.equals(again),
        "and it travels bare");
  }

  private static JsObject value(Bytes text) {
    try {
      return (JsObject) JsonParser.parse(text.utf8(), ClassicCodec.LIMITS);
    } catch (JsonException e) {
      throw new AssertionError("a message is JSON", e);
    }
  }
}
