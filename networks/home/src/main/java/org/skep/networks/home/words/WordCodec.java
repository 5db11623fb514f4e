package org.skep.networks.home.words;

import static org.skep.wire.cbor.CborWriter.encodedBool;
import static org.skep.wire.cbor.CborWriter.encodedBytes;
import static org.skep.wire.cbor.CborWriter.encodedText;
import static org.skep.wire.cbor.CborWriter.encodedUnsigned;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.Target;
import org.skep.networks.home.words.Word.BookmarkWord;
import org.skep.networks.home.words.Word.BoostWord;
import org.skep.networks.home.words.Word.DeleteWord;
import org.skep.networks.home.words.Word.DescribeWord;
import org.skep.networks.home.words.Word.EditWord;
import org.skep.networks.home.words.Word.FaceWord;
import org.skep.networks.home.words.Word.LetterWord;
import org.skep.networks.home.words.Word.MentionOf;
import org.skep.networks.home.words.Word.PostWord;
import org.skep.networks.home.words.Word.ReactWord;
import org.skep.networks.home.words.Word.ReadMarkerWord;
import org.skep.networks.home.words.Word.RelateWord;
import org.skep.networks.home.words.Word.Relation;
import org.skep.networks.home.words.Word.ReplyTo;
import org.skep.networks.home.words.Word.UnknownWord;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborWriter;

/**
 * Words to bytes and back: a CBOR map whose {@code type} says which word it is. Fields that are
 * empty are left out. Any thread.
 */
public final class WordCodec {
  /** Longest text of a post, or value of a profile field. */
  public static final int TEXT_BYTES_MAX = Intent.TEXT_BYTES_MAX;

  /** Longest name of a type, field, list or language, and longest reaction. */
  public static final int LABEL_BYTES_MAX = Intent.LABEL_BYTES_MAX;

  /** Longest name of a person, and longest content warning. */
  public static final int NAME_BYTES_MAX = Intent.NAME_BYTES_MAX;

  /** Most people one post can mention. */
  public static final int MENTIONS_MAX = 256;

  /** Most others one letter can be for. */
  public static final int READERS_MAX = 256;

  /** Longest string and most items of anything in a body, whatever the word. */
  static final int LENGTH_MAX = 1 << 20;

  /** How deep a body may nest. */
  static final int DEPTH_MAX = 16;

  private static final String TYPE = "type";

  private WordCodec() {}

  /**
   * @throws IllegalArgumentException when a part of the word is longer than its bound
   */
  public static Bytes encode(Word word) {
    Bytes encoded =
        word instanceof UnknownWord(String type, Bytes bytes) ? bytes : encodeMap(fields(word));
    if (decode(encoded).isEmpty()) {
      throw new IllegalArgumentException("too long to be said: " + word.type());
    }
    return encoded;
  }

  /** Empty when the bytes are no word, or a known one in a wrong shape. */
  public static Optional<Word> decode(Bytes body) {
    try {
      CborReader reader = new CborReader(body);
      WordFields fields = WordFields.read(reader);
      reader.end();
      return Optional.of(read(fields.text(TYPE, LABEL_BYTES_MAX), fields, body));
    } catch (CborException e) {
      return Optional.empty();
    }
  }

  private static Word read(String type, WordFields fields, Bytes body) throws CborException {
    return switch (type) {
      case PostWord.TYPE -> readPost(fields);
      case LetterWord.TYPE ->
          new LetterWord(
              readPost(fields),
              fields.optional("readers", WordCodec::readReaders).orElseGet(List::of));
      case RelateWord.TYPE -> new RelateWord(fields.target("person"), readRelation(fields));
      case DescribeWord.TYPE ->
          new DescribeWord(
              fields.text("field", LABEL_BYTES_MAX), fields.textIfAny("value", TEXT_BYTES_MAX));
      case ReactWord.TYPE ->
          new ReactWord(
              fields.target("post"),
              fields.optional("author", WordFields::readTarget),
              fields.text("expression", LABEL_BYTES_MAX),
              fields.flag("on"));
      case EditWord.TYPE ->
          new EditWord(
              fields.target("post"),
              readPost(fields),
              fields.optional("readers", WordCodec::readReaders));
      case DeleteWord.TYPE -> new DeleteWord(fields.target("post"));
      case BoostWord.TYPE ->
          new BoostWord(
              fields.target("post"),
              fields.optional("author", WordFields::readTarget),
              fields.flag("on"));
      case FaceWord.TYPE -> new FaceWord(fields.required("identity", WordFields::readRef));
      case ReadMarkerWord.TYPE ->
          new ReadMarkerWord(
              fields.text("timeline", LABEL_BYTES_MAX),
              fields.required("last", reader -> reader.unsigned(Long.MAX_VALUE)));
      case BookmarkWord.TYPE -> new BookmarkWord(fields.target("post"), fields.flag("on"));
      default -> new UnknownWord(type, body);
    };
  }

  private static PostWord readPost(WordFields fields) throws CborException {
    return new PostWord(
        fields.text("text", TEXT_BYTES_MAX),
        fields.optional("reply", WordCodec::readReply),
        fields.textIfAny("warning", NAME_BYTES_MAX),
        fields.textIfAny("language", LABEL_BYTES_MAX),
        fields.optional("mentions", WordCodec::readMentions).orElseGet(List::of),
        fields.optional("attachments", WordCodec::readAttachments).orElseGet(List::of));
  }

  private static List<Attachment> readAttachments(CborReader reader) throws CborException {
    int count = reader.array(Attachment.PER_POST_MAX);
    List<Attachment> attachments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      WordFields fields = WordFields.read(reader);
      attachments.add(
          new Attachment(
              new Hash(fields.required("blob", bytes -> bytes.bytesOf(Hash.LENGTH_BYTES))),
              fields.textIfAny("media_type", Attachment.MEDIA_TYPE_BYTES_MAX),
              fields.textIfAny("description", Attachment.DESCRIPTION_BYTES_MAX),
              fields.optional("length", number -> number.unsigned(Long.MAX_VALUE)).orElse(0L)));
    }
    return List.copyOf(attachments);
  }

  private static List<Target> readReaders(CborReader reader) throws CborException {
    int count = reader.array(READERS_MAX);
    List<Target> readers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      readers.add(WordFields.readTarget(reader));
    }
    return List.copyOf(readers);
  }

  private static ReplyTo readReply(CborReader reader) throws CborException {
    WordFields fields = WordFields.read(reader);
    return new ReplyTo(fields.target("root"), fields.target("parent"), fields.target("author"));
  }

  private static List<MentionOf> readMentions(CborReader reader) throws CborException {
    int count = reader.array(MENTIONS_MAX);
    List<MentionOf> mentions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      WordFields fields = WordFields.read(reader);
      mentions.add(
          new MentionOf(fields.target("person"), fields.textIfAny("name", NAME_BYTES_MAX)));
    }
    return List.copyOf(mentions);
  }

  private static Relation readRelation(WordFields fields) throws CborException {
    String name = fields.text("relation", LABEL_BYTES_MAX);
    for (Relation relation : Relation.values()) {
      if (label(relation).equals(name)) {
        return relation;
      }
    }
    throw new CborException("a relation that is not known");
  }

  private static String label(Relation relation) {
    return relation.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Bytes> fields(Word word) {
    Map<String, Bytes> fields = new TreeMap<>();
    fields.put(TYPE, encodedText(word.type()));
    switch (word) {
      case PostWord post -> putPost(fields, post);
      case LetterWord(PostWord post, List<Target> readers) -> {
        putPost(fields, post);
        if (!readers.isEmpty()) {
          fields.put("readers", encodedReaders(readers));
        }
      }
      case EditWord(Target post, PostWord words, Optional<List<Target>> readers) -> {
        putPost(fields, words);
        fields.put("post", WordFields.encodedTarget(post));
        readers.ifPresent(others -> fields.put("readers", encodedReaders(others)));
      }
      case DeleteWord(Target post) -> fields.put("post", WordFields.encodedTarget(post));
      case RelateWord(Target person, Relation relation) -> {
        fields.put("person", WordFields.encodedTarget(person));
        fields.put("relation", encodedText(label(relation)));
      }
      case DescribeWord(String field, String value) -> {
        fields.put("field", encodedText(field));
        putIfAny(fields, "value", value);
      }
      case ReactWord(Target post, Optional<Target> author, String expression, boolean on) -> {
        fields.put("post", WordFields.encodedTarget(post));
        author.ifPresent(who -> fields.put("author", WordFields.encodedTarget(who)));
        fields.put("expression", encodedText(expression));
        fields.put("on", encodedBool(on));
      }
      case BoostWord(Target post, Optional<Target> author, boolean on) -> {
        fields.put("post", WordFields.encodedTarget(post));
        author.ifPresent(who -> fields.put("author", WordFields.encodedTarget(who)));
        fields.put("on", encodedBool(on));
      }
      case FaceWord face -> fields.put("identity", WordFields.encodedRef(face.identity()));
      case ReadMarkerWord(String timeline, long lastId) -> {
        fields.put("timeline", encodedText(timeline));
        fields.put("last", encodedUnsigned(lastId));
      }
      case BookmarkWord(Target post, boolean on) -> {
        fields.put("post", WordFields.encodedTarget(post));
        fields.put("on", encodedBool(on));
      }
      case UnknownWord unknown ->
          throw new IllegalArgumentException("not ours to encode: " + unknown.type());
    }
    return fields;
  }

  private static void putPost(Map<String, Bytes> fields, PostWord post) {
    fields.put("text", encodedText(post.text()));
    post.reply().ifPresent(reply -> fields.put("reply", encodedReply(reply)));
    putIfAny(fields, "warning", post.contentWarning());
    putIfAny(fields, "language", post.language());
    if (!post.mentions().isEmpty()) {
      CborWriter writer = new CborWriter().array(post.mentions().size());
      post.mentions().forEach(mention -> writer.item(encodedMention(mention)));
      fields.put("mentions", writer.toBytes());
    }
    if (!post.attachments().isEmpty()) {
      CborWriter writer = new CborWriter().array(post.attachments().size());
      post.attachments().forEach(attachment -> writer.item(encodedAttachment(attachment)));
      fields.put("attachments", writer.toBytes());
    }
  }

  private static Bytes encodedReaders(List<Target> readers) {
    CborWriter writer = new CborWriter().array(readers.size());
    readers.forEach(reader -> writer.item(WordFields.encodedTarget(reader)));
    return writer.toBytes();
  }

  private static Bytes encodedAttachment(Attachment attachment) {
    Map<String, Bytes> fields = new TreeMap<>();
    fields.put("blob", encodedBytes(attachment.blob().bytes()));
    putIfAny(fields, "media_type", attachment.mediaType());
    putIfAny(fields, "description", attachment.description());
    if (attachment.lengthBytes() > 0) {
      fields.put("length", encodedUnsigned(attachment.lengthBytes()));
    }
    return encodeMap(fields);
  }

  private static Bytes encodedReply(ReplyTo reply) {
    return encodeMap(
        Map.of(
            "root", WordFields.encodedTarget(reply.root()),
            "parent", WordFields.encodedTarget(reply.parent()),
            "author", WordFields.encodedTarget(reply.parentAuthor())));
  }

  private static Bytes encodedMention(MentionOf mention) {
    Map<String, Bytes> fields = new TreeMap<>();
    fields.put("person", WordFields.encodedTarget(mention.person()));
    putIfAny(fields, "name", mention.name());
    return encodeMap(fields);
  }

  private static void putIfAny(Map<String, Bytes> fields, String name, String text) {
    if (!text.isEmpty()) {
      fields.put(name, encodedText(text));
    }
  }

  private static Bytes encodeMap(Map<String, Bytes> fields) {
    return new CborWriter().map(fields).toBytes();
  }
}
