package org.skep.networks.scuttlebutt.logfile;

import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** Puts the text of a message on one line, whoever wrote it. Any thread. */
public final class OneLine {
  private OneLine() {}

  /**
   * The text as it is where it stands on one line, as almost every one does. Else as V8 would write
   * the value anew: id and signature follow from the value, so that it is the same message. What is
   * no message is given back as it is.
   */
  public static Bytes of(Bytes text) {
    return isOnOneLine(text) || !(ClassicCodec.parse(text) instanceof ClassicCodec.Parsed parsed)
        ? text
        : anew(parsed.message());
  }

  private static boolean isOnOneLine(Bytes text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.get(i) == '\n' || text.get(i) == '\r') {
        return false;
      }
    }
    return true;
  }

  private static Bytes anew(ClassicMessage message) {
    try {
      String text = Utf8.decode(message.text()).orElseThrow();
      return Bytes.ofUtf8(V8Writer.stringify(JsonParser.parse(text, ClassicCodec.LIMITS)));
    } catch (JsonException impossible) {
      throw new IllegalStateException("a message that was read is JSON", impossible);
    }
  }
}
