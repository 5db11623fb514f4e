package org.skep.networks.scuttlebutt.message;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * Reads the text of a classic message and checks all of its form: everything that needs neither the
 * feed before it nor a signature check. Any thread.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "Message format"; ssb-validate 4.1.4.
 */
public final class ClassicCodec {
  /** The longest a message may be when written with indents, in UTF-16 code units. */
  public static final int MESSAGE_CHARS_MAX = 8192;

  /**
   * The longest text that is looked at. 8192 code units, each written as {@code \\uXXXX}, are
   * 49,152 bytes; the rest is room for whitespace.
   */
  public static final int TEXT_BYTES_MAX = 65_536;

  public static final int TYPE_CHARS_MIN = 3;
  public static final int TYPE_CHARS_MAX = 52;

  /**
   * JavaScript sets no depth, and none is needed beyond this: the indents alone of 65 lists inside
   * each other are longer than a message may be.
   */
  public static final JsonLimits LIMITS = new JsonLimits(TEXT_BYTES_MAX, 128);

  static final String SIGNATURE_SUFFIX = ".sig.ed25519";

  private static final List<String> AUTHOR_FIRST =
      List.of("previous", "author", "sequence", "timestamp", "hash", "content", "signature");
  private static final List<String> SEQUENCE_FIRST =
      List.of("previous", "sequence", "author", "timestamp", "hash", "content", "signature");

  private static final Pattern LINE_BREAK = Pattern.compile("[\n\r\u2028\u2029]");
  private static final Bytes BEGINNING = Bytes.ofUtf8("{\"previous\"");

  private ClassicCodec() {}

  /** What became of a text. */
  public sealed interface Result {}

  /** The text is a message, whole in form. */
  public record Parsed(ClassicMessage message) implements Result {}

  /**
   * The text is no classic message.
   *
   * @param reason why, in plain words, without anything the sender chose
   */
  public record Refused(String reason) implements Result {}

  /**
   * Reads a message's value, as it travels bare or inside an envelope (see {@link MessageShape}).
   *
   * @param utf8 the whole text; whitespace around it is tolerated and kept
   */
  public static Result parse(Bytes utf8) {
    try {
      return new Parsed(message(utf8));
    } catch (JsonException refusal) {
      return new Refused(String.valueOf(refusal.getMessage()));
    }
  }

  /**
   * The message that a text is, where it begins as programs write them and nothing stands around
   * it: then it need not be asked first what the text is (see {@link MessageShape}). Empty for
   * anything else.
   */
  public static Optional<ClassicMessage> parseBare(Bytes utf8) {
    return utf8.startsWith(BEGINNING)
            && utf8.get(utf8.length() - 1) == '}'
            && parse(utf8) instanceof Parsed(ClassicMessage message)
        ? Optional.of(message)
        : Optional.empty();
  }

  /** Whose message a text would be that {@link #parse} refuses; empty when it names nobody. */
  public static Optional<FeedId> authorOf(Bytes refused) {
    try {
      return object(refused).string("author").flatMap(FeedId::ofSigil);
    } catch (JsonException nothing) {
      return Optional.empty();
    }
  }

  private static ClassicMessage message(Bytes utf8) throws JsonException {
    JsObject value = object(utf8);
    List<String> keys = List.copyOf(value.members().keySet());
    if (!keys.equals(AUTHOR_FIRST) && !keys.equals(SEQUENCE_FIRST)) {
      throw new JsonException(
          "a message has exactly the fields previous, author, sequence, timestamp, hash, content"
              + " and signature, in this order (author and sequence may change places)");
    }
    FeedId author = author(value);
    long sequence = sequence(value);
    Optional<MessageId> previous = previous(value, sequence);
    double timestampMillis = timestampMillis(value);
    requireSha256(value);
    String whole = text(value);
    JsValue content = content(value);
    Bytes signature = signature(value);
    return new ClassicMessage(
        new MessageId(new Hash(Digests.sha256(lowBytes(whole)))),
        author,
        sequence,
        previous,
        timestampMillis,
        content,
        signature,
        Bytes.ofUtf8(withoutSignature(whole, value)),
        utf8);
  }

  private static JsObject object(Bytes utf8) throws JsonException {
    if (utf8.length() > TEXT_BYTES_MAX) {
      throw new JsonException(
          "the text has " + utf8.length() + " bytes, more than the allowed " + TEXT_BYTES_MAX);
    }
    Optional<String> text = Utf8.decode(utf8);
    if (text.isEmpty()) {
      throw new JsonException("the text is not UTF-8");
    }
    if (JsonParser.parse(text.get(), LIMITS) instanceof JsObject object) {
      return object;
    }
    throw new JsonException("a message is an object");
  }

  private static FeedId author(JsObject value) throws JsonException {
    return value
        .string("author")
        .flatMap(FeedId::ofSigil)
        .orElseThrow(() ->
            new JsonException(
                "the author is not a feed name (@, 32 bytes in canonical base64, .ed25519)"));
  }

  private static long sequence(JsObject value) throws JsonException {
    if (value.members().get("sequence") instanceof JsNumber(double number)
        && number >= 1
        && number <= Integer.MAX_VALUE
        && number == Math.rint(number)) {
      return (long) number;
    }
    throw new JsonException("the sequence is not a whole number from 1 to 2147483647");
  }

  private static Optional<MessageId> previous(JsObject value, long sequence) throws JsonException {
    if (value.members().get("previous") == JsNull.NULL) {
      if (sequence != 1) {
        throw new JsonException("only the first message of a feed may lack a previous one");
      }
      return Optional.empty();
    }
    Optional<MessageId> previous = value.string("previous").flatMap(MessageId::ofSigil);
    if (previous.isEmpty()) {
      throw new JsonException(
          "the previous message is not named by null or a message name (%, 32 bytes in canonical"
              + " base64, .sha256)");
    }
    if (sequence == 1) {
      throw new JsonException("the first message of a feed has no previous one");
    }
    return previous;
  }

  private static double timestampMillis(JsObject value) throws JsonException {
    if (value.members().get("timestamp") instanceof JsNumber(double number)
        && Double.isFinite(number)) {
      return number;
    }
    throw new JsonException("the timestamp is not a finite number");
  }

  private static void requireSha256(JsObject value) throws JsonException {
    if (!value.string("hash").equals(Optional.of("sha256"))) {
      throw new JsonException("the hash is not named \"sha256\"");
    }
  }

  /** The indented V8 text of the whole message, which must keep the limit. */
  private static String text(JsObject value) throws JsonException {
    return V8Writer.stringifyWithin(value, 2, MESSAGE_CHARS_MAX)
        .orElseThrow(() ->
            new JsonException(
                "written out with indents, the message is longer than "
                    + MESSAGE_CHARS_MAX
                    + " UTF-16 code units"));
  }

  private static JsValue content(JsObject value) throws JsonException {
    JsValue content = value.get("content").orElse(JsNull.NULL);
    switch (content) {
      case JsString(String sealed) -> requirePrivate(sealed);
      case JsObject object -> requireType(object);
      case JsArray _, JsNumber _, JsBool _, JsNull _ ->
          throw new JsonException("the content is neither an object nor a private text");
    }
    // A text may say 1e999, which is infinite as a number and would be signed as null: two
    // different contents under one id. No JavaScript program writes such a text.
    if (!isFinite(content)) {
      throw new JsonException("the content holds a number beyond all numbers");
    }
    return content;
  }

  private static void requireType(JsObject content) throws JsonException {
    Optional<String> type = content.string("type");
    if (type.isEmpty()) {
      throw new JsonException("the content has no type, or its type is not a text");
    }
    int length = type.get().length();
    if (length < TYPE_CHARS_MIN || length > TYPE_CHARS_MAX) {
      throw new JsonException(
          "the content's type has "
              + length
              + " characters; allowed are "
              + TYPE_CHARS_MIN
              + " to "
              + TYPE_CHARS_MAX);
    }
  }

  /** Canonical base64, then {@code .box}, then anything without a line break (for box2 and on). */
  private static void requirePrivate(String sealed) throws JsonException {
    int dot = sealed.indexOf('.');
    if (dot < 0 || !sealed.startsWith(".box", dot)) {
      throw new JsonException("a content that is a text must be a private one, with .box");
    }
    // There are no line breaks in base64.
    if (LINE_BREAK.matcher(sealed.substring(dot)).find()
        || Sigils.canonicalBase64(sealed.substring(0, dot)).isEmpty()) {
      throw new JsonException("a private content is not in canonical base64");
    }
  }

  private static Bytes signature(JsObject value) throws JsonException {
    String signature = value.string("signature").orElse("");
    if (!signature.endsWith(SIGNATURE_SUFFIX)) {
      throw new JsonException("the signature does not end with " + SIGNATURE_SUFFIX);
    }
    return Sigils.canonicalBase64(
            signature.substring(0, signature.length() - SIGNATURE_SUFFIX.length()))
        .filter(bytes -> bytes.length() == Ed25519.SIGNATURE_BYTES)
        .orElseThrow(() -> new JsonException("the signature is not 64 bytes in canonical base64"));
  }

  /** Whether no number in the value is infinite. Depth is bounded by the parser's limits. */
  static boolean isFinite(JsValue value) {
    return switch (value) {
      case JsNumber(double number) -> Double.isFinite(number);
      case JsObject object -> areFinite(object.members().values());
      case JsArray(List<JsValue> items) -> areFinite(items);
      case JsString _, JsBool _, JsNull _ -> true;
    };
  }

  private static boolean areFinite(Collection<JsValue> values) {
    for (JsValue value : values) {
      if (!isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The whole text of a sound message, of which the signature is the last member. */
  private static String withoutSignature(String whole, JsObject value) {
    String signature = value.string("signature").orElseThrow();
    int last = ",\n  \"signature\": \"\"\n}".length() + signature.length();
    return whole.substring(0, whole.length() - last) + "\n}";
  }

  /** Each UTF-16 code unit cut to its low byte, as Node's "binary" encoding does. */
  // The method is deprecated for doing just this.
  @SuppressWarnings("deprecation")
  private static Bytes lowBytes(String text) {
    byte[] bytes = new byte[text.length()];
    text.getBytes(0, bytes.length, bytes, 0);
    return Bytes.wrap(bytes);
  }
}
