package org.skep.app.whole;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.NetworkId;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** How a network's entries stand in a file, each byte for byte as it came. */
enum EntryFormat {
  /**
   * Scuttlebutt: the text of a message on each line. One that has line breaks between its parts
   * stands there as a JSON string that holds the very text.
   */
  LINES(".jsonl") {
    @Override
    void write(OutputStream out, Bytes entry) throws IOException {
      String text = entry.utf8();
      boolean oneLine = text.startsWith("{") && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
      out.write((oneLine ? entry : Bytes.ofUtf8(V8Writer.stringify(new JsString(text)))).toArray());
      out.write('\n');
    }

    @Override
    Optional<Entry> read(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      boolean tooLong = false;
      while (next >= 0 && next != '\n') {
        tooLong = tooLong || line.size() == LINE_BYTES_MAX;
        if (!tooLong) {
          line.write(next);
        }
        next = in.read();
      }
      return Optional.of(
          tooLong ? new Entry.Damaged("a line is too long") : text(line.toByteArray()));
    }

    private Entry text(byte[] line) {
      Bytes bytes = Bytes.wrap(line);
      if (line.length == 0 || line[0] != '"') {
        return new Entry.Whole(bytes);
      }
      try {
        return JsonParser.parse(bytes.utf8(), new JsonLimits(LINE_BYTES_MAX, 1))
                instanceof JsString(String text)
            ? new Entry.Whole(Bytes.ofUtf8(text))
            : new Entry.Damaged("a line is damaged");
      } catch (JsonException e) {
        return new Entry.Damaged("a line is damaged");
      }
    }
  },

  /** The own log: a CBOR sequence (RFC 8742) of operations. */
  SEQUENCE(".cbor") {
    @Override
    void write(OutputStream out, Bytes entry) throws IOException {
      out.write(entry.toArray());
    }

    @Override
    Optional<Entry> read(InputStream in) throws IOException {
      int first = in.read();
      if (first < 0) {
        return Optional.empty();
      }
      ByteArrayOutputStream entry = new ByteArrayOutputStream();
      entry.write(first);
      // An operation is an array of one or two byte strings.
      boolean whole = first == ARRAY + 1 || first == ARRAY + 2;
      for (int part = 0; whole && part < first - ARRAY; part++) {
        whole = byteString(in, entry);
      }
      if (whole) {
        return Optional.of(new Entry.Whole(Bytes.wrap(entry.toByteArray())));
      }
      // Where the next one begins can't be told.
      in.transferTo(OutputStream.nullOutputStream());
      return Optional.of(new Entry.Damaged("the sequence is damaged; what follows can't be read"));
    }

    private boolean byteString(InputStream in, ByteArrayOutputStream entry) throws IOException {
      int head = in.read();
      if (head < BYTES || head > BYTES + FOUR_BYTES_FOLLOW) {
        return false;
      }
      entry.write(head);
      int said = head - BYTES;
      long length = said;
      if (said >= ONE_BYTE_FOLLOWS) {
        byte[] more = in.readNBytes(1 << (said - ONE_BYTE_FOLLOWS));
        entry.writeBytes(more);
        length = 0;
        for (byte each : more) {
          length = length << 8 | (each & 0xff);
        }
      }
      if (length > OperationCodec.OPERATION_BYTES_MAX - entry.size()) {
        return false;
      }
      byte[] content = in.readNBytes((int) length);
      entry.writeBytes(content);
      return content.length == length;
    }
  };

  private static final int ARRAY = 0x80;
  private static final int BYTES = 0x40;
  private static final int ONE_BYTE_FOLLOWS = 24;
  private static final int FOUR_BYTES_FOLLOW = 26;

  /** Each character may be escaped by six. */
  private static final int LINE_BYTES_MAX = 6 * ClassicCodec.TEXT_BYTES_MAX + 2;

  private final String ending;

  EntryFormat(String ending) {
    this.ending = ending;
  }

  /** The format of a network; empty when this version knows no such network. */
  static Optional<EntryFormat> of(NetworkId network) {
    if (network.equals(ScuttlebuttNetwork.ID)) {
      return Optional.of(LINES);
    }
    return network.equals(NetworkId.HOME) ? Optional.of(SEQUENCE) : Optional.empty();
  }

  /** What the names of such files end with. */
  String ending() {
    return ending;
  }

  /** What stands at one place of a file. */
  sealed interface Entry {
    /** Not checked yet. */
    record Whole(Bytes bytes) implements Entry {}

    /**
     * @param reason in plain words
     */
    record Damaged(String reason) implements Entry {}
  }

  /** Whether the entry would be read again as it is. */
  boolean holds(Bytes entry) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    write(written, entry);
    return read(new ByteArrayInputStream(written.toByteArray()))
        .equals(Optional.of(new Entry.Whole(entry)));
  }

  abstract void write(OutputStream out, Bytes entry) throws IOException;

  /**
   * The next one; empty at the end.
   *
   * @param in buffered
   */
  abstract Optional<Entry> read(InputStream in) throws IOException;
}
