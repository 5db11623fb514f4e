package org.skep.networks.scuttlebutt.logfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.MessageShape;

/**
 * Cuts a file into the texts of its messages; whether they are messages is for others to see. A
 * file is a list when it begins as one. Otherwise one value stands after the other, each on a line
 * or over several, and a line that begins with a brace always begins a value: so a broken one costs
 * itself and not those behind it. Holds one text in memory at a time. One thread.
 */
final class MessageTexts {
  private static final int BUFFER_BYTES = 1 << 16;

  /** What some editors put before a text: the byte order mark in UTF-8. */
  private static final Bytes MARK = Bytes.ofHex("efbbbf");

  private static final int END = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int filled;
  private final int bytesMax;
  private State state = State.BEFORE;

  private enum State {
    BEFORE,
    LINES,
    /** After the bracket that begins the list. */
    LIST_BEGUN,
    /** After a value of the list. */
    LIST,
    OVER
  }

  /** What was cut out. */
  sealed interface Cut {}

  /** Something that may be a message. */
  record Text(Bytes utf8) implements Cut {}

  /**
   * Something that can't be one.
   *
   * @param reason in plain words
   */
  record Unusable(String reason) implements Cut {}

  MessageTexts(InputStream in) {
    this(in, MessageShape.TEXT_BYTES_MAX);
  }

  /**
   * @param bytesMax how long a text may be
   */
  MessageTexts(InputStream in, int bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /** The next one; empty at the end. */
  Optional<Cut> next() throws IOException {
    if (state == State.BEFORE) {
      begin();
    }
    return switch (state) {
      case BEFORE -> throw new IllegalStateException("the file was not begun");
      case LINES -> nextOfLines();
      case LIST_BEGUN, LIST -> nextOfList();
      case OVER -> Optional.empty();
    };
  }

  private void begin() throws IOException {
    fill();
    if (filled >= MARK.length() && Bytes.copyOf(buffer, 0, MARK.length()).equals(MARK)) {
      at = MARK.length();
    }
    skipWhitespace();
    if (peek() == '[') {
      var _ = take();
      state = State.LIST_BEGUN;
    } else {
      state = State.LINES;
    }
  }

  private Optional<Cut> nextOfLines() throws IOException {
    skipWhitespace();
    if (peek() == END) {
      return Optional.empty();
    }
    return Optional.of(peek() == '{' ? object() : line());
  }

  private Cut object() throws IOException {
    Collected text = new Collected();
    Nesting nesting = new Nesting();
    do {
      int next = take();
      if (next == '\n' && (nesting.inString || peek() == '{')) {
        break;
      }
      nesting.see(next);
      text.add(next);
    } while (nesting.depth > 0 && peek() != END);
    return text.cut();
  }

  private Cut line() throws IOException {
    Collected text = new Collected();
    while (peek() != END && peek() != '\n') {
      text.add(take());
    }
    return text.cut();
  }

  private Optional<Cut> nextOfList() throws IOException {
    skipWhitespace();
    if (peek() == ']') {
      take();
      state = State.OVER;
      skipWhitespace();
      return peek() == END
          ? Optional.empty()
          : Optional.of(new Unusable("something follows the end of the list, and was not read"));
    }
    if (state == State.LIST) {
      if (peek() != ',') {
        return Optional.of(broken());
      }
      take();
      skipWhitespace();
    }
    state = State.LIST;
    return Optional.of(value());
  }

  /** Up to the comma or bracket behind it. */
  private Cut value() throws IOException {
    Collected text = new Collected();
    Nesting nesting = new Nesting();
    while (nesting.isOpen() || (peek() != ',' && peek() != ']' && peek() != END)) {
      if (peek() == END || (nesting.inString && peek() == '\n')) {
        return broken();
      }
      int next = take();
      nesting.see(next);
      text.add(next);
    }
    return text.cut();
  }

  private Unusable broken() {
    state = State.OVER;
    return new Unusable("the list is broken here; what may follow was not read");
  }

  private int peek() throws IOException {
    if (at == filled) {
      fill();
    }
    return at == filled ? END : buffer[at] & 0xff;
  }

  private int take() throws IOException {
    int next = peek();
    at = Math.min(at + 1, filled);
    return next;
  }

  private void fill() throws IOException {
    at = 0;
    filled = in.readNBytes(buffer, 0, BUFFER_BYTES);
  }

  private void skipWhitespace() throws IOException {
    while (isWhitespace(peek())) {
      take();
    }
  }

  private static boolean isWhitespace(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  /** How deep in braces and brackets a text is, as far as it was seen. */
  private static final class Nesting {
    private long depth;
    private boolean inString;
    private boolean escaped;

    boolean isOpen() {
      return inString || depth > 0;
    }

    void see(int character) {
      if (inString) {
        inString = escaped || character != '"';
        escaped = !escaped && character == '\\';
        return;
      }
      switch (character) {
        case '"' -> inString = true;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
    }
  }

  /** A text as far as it may be kept. */
  private final class Collected {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean tooLong;

    void add(int character) {
      tooLong |= text.size() >= bytesMax;
      if (!tooLong) {
        text.write(character);
      }
    }

    Cut cut() {
      return tooLong
          ? new Unusable("the text is longer than any message")
          : new Text(Bytes.wrap(text.toByteArray()));
    }
  }
}
