package org.skep.networks.scuttlebutt.logfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** An author whose messages tests put into files. */
final class Writer {
  private final ClassicAuthor pen;
  private FeedState state = FeedState.EMPTY;

  Writer(String name) {
    this(name, SignCap.NONE);
  }

  Writer(String name, SignCap cap) {
    Bytes secret = Digests.sha256(Bytes.ofUtf8(name));
    FeedId feed = new FeedId(Ed25519.publicKey(secret));
    this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), cap);
  }

  ClassicMessage says(String text) {
    JsObject content = JsObject.EMPTY.with("type", "post").with("text", text).with("7", text);
    return switch (pen.write(state, 1e12, content)) {
      case ClassicCodec.Refused(String reason) -> throw new AssertionError(reason);
      case ClassicCodec.Parsed(ClassicMessage message) -> {
        state = new FeedState.Head(message.id(), message.sequence());
        yield message;
      }
    };
  }

  List<ClassicMessage> saysAll(List<String> texts) {
    return texts.stream().map(this::says).toList();
  }

  static String indented(ClassicMessage message) {
    try {
      return V8Writer.stringify(JsonParser.parse(message.text().utf8(), ClassicCodec.LIMITS), 2);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@code createHistoryStream} and ssb-db2's logs give it. */
  static String enveloped(ClassicMessage message) {
    return "{\"key\":\"%s\",\"value\":%s,\"timestamp\":1500000000000.5}"
        .formatted(message.id(), message.text().utf8());
  }

  static List<MessageFile.Item> read(String file) {
    return read(Bytes.ofUtf8(file));
  }

  static List<MessageFile.Item> read(Bytes file) {
    List<MessageFile.Item> items = new ArrayList<>();
    try (MessageFile messages = new MessageFile(new ByteArrayInputStream(file.toArray()))) {
      Optional<MessageFile.Item> next = messages.next();
      while (next.isPresent()) {
        items.add(next.get());
        next = messages.next();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return items;
  }

  static List<MessageFile.Item> asItems(List<ClassicMessage> messages) {
    return messages.stream().<MessageFile.Item>map(MessageFile.Message::new).toList();
  }
}
