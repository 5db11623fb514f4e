package org.skep.networks.scuttlebutt.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Recorded;
import org.skep.networks.scuttlebutt.boxstream.BoxStreamException.Reason;
import org.skep.wire.crypto.SecretBox;

class BoxStreamTest {
  /** One of the streams recorded from {@code pull-box-stream} 1.0.13. */
  private record Stream(String name) {
    static final Stream ONE = new Stream("box1");

    Bytes key() {
      return Recorded.bytes(name + ".key");
    }

    Bytes nonce() {
      return Recorded.bytes(name + ".nonce");
    }

    Bytes sealed() {
      return Recorded.bytes(name + ".sealed");
    }

    /** What was written, piece by piece: the same rule as in {@code record.js}. */
    List<Bytes> pieces() {
      List<Bytes> pieces = new ArrayList<>();
      for (String length : Recorded.text(name + ".lengths").split(",", -1)) {
        if (!length.isEmpty()) {
          byte[] piece = new byte[Integer.parseInt(length)];
          for (int at = 0; at < piece.length; at++) {
            piece[at] = (byte) (at * 31 + pieces.size() * 7);
          }
          pieces.add(Bytes.wrap(piece));
        }
      }
      return pieces;
    }

    BoxInputStream open(Bytes sealed) {
      return new BoxInputStream(new ByteArrayInputStream(sealed.toArray()), key(), nonce());
    }

    Reason refusal(Bytes sealed) {
      return assertThrows(BoxStreamException.class, () -> open(sealed).readAllBytes()).reason();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"box1", "box2", "box3", "box4"})
  void weSealAsTheRealProgramDoes(String name) throws IOException {
    Stream recorded = new Stream(name);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BoxOutputStream boxes = new BoxOutputStream(out, recorded.key(), recorded.nonce());
    for (Bytes piece : recorded.pieces()) {
      boxes.write(piece.toArray());
    }
    boxes.goodbye();
    assertEquals(recorded.sealed().hex(), Bytes.wrap(out.toByteArray()).hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"box1", "box2", "box3", "box4"})
  void weOpenWhatTheRealProgramSealed(String name) throws IOException {
    Stream recorded = new Stream(name);
    Bytes written = Bytes.concat(recorded.pieces().toArray(new Bytes[0]));
    BoxInputStream boxes = recorded.open(recorded.sealed());
    assertArrayEquals(written.toArray(), boxes.readAllBytes());
    assertEquals(-1, boxes.read(), "the goodbye stays");
  }

  @Test
  void aLineThatBreaksAnywhereIsNotTakenForAGoodbye() {
    Bytes sealed = Stream.ONE.sealed();
    for (int length = 0; length < sealed.length(); length++) {
      assertEquals(Reason.TRUNCATED, Stream.ONE.refusal(sealed.slice(0, length)));
    }
  }

  @Test
  void everyByteIsAuthenticated() {
    byte[] sealed = Stream.ONE.sealed().toArray();
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      assertEquals(Reason.FORGED, Stream.ONE.refusal(Bytes.wrap(changed)), "byte " + at);
    }
  }

  @Test
  void aBoxThatComesTwiceOrOutOfOrderIsRefused() {
    Bytes sealed = Stream.ONE.sealed();
    Bytes first = sealed.slice(0, 35);
    Bytes second = sealed.slice(35, 35 + 39);
    Bytes rest = sealed.slice(35 + 39, sealed.length());
    assertEquals(Reason.FORGED, Stream.ONE.refusal(Bytes.concat(first, first, second, rest)));
    assertEquals(Reason.FORGED, Stream.ONE.refusal(Bytes.concat(second, first, rest)));
    assertEquals(Reason.FORGED, Stream.ONE.refusal(Bytes.concat(first, rest)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4097, 65535})
  void aLengthBeyondTheBoundsIsRefusedBeforeTheBodyIsRead(int length) {
    byte[] header = new byte[18];
    header[0] = (byte) (length >> 8);
    header[1] = (byte) length;
    header[17] = 1;
    Bytes sealed = SecretBox.seal(Stream.ONE.key(), Stream.ONE.nonce(), Bytes.wrap(header));
    assertEquals(Reason.BAD_LENGTH, Stream.ONE.refusal(sealed));
  }

  @Test
  void afterABreakNothingMoreIsRead() {
    Bytes sealed = Stream.ONE.sealed();
    BoxInputStream boxes = Stream.ONE.open(Bytes.concat(Bytes.wrap(new byte[34]), sealed));
    assertThrows(BoxStreamException.class, boxes::read);
    assertThrows(IOException.class, boxes::read);
  }

  @Test
  void afterTheGoodbyeNothingIsWritten() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BoxOutputStream boxes = new BoxOutputStream(out, Stream.ONE.key(), Stream.ONE.nonce());
    boxes.goodbye();
    boxes.close();
    assertEquals(BoxInputStream.HEADER_BYTES, out.size(), "one goodbye only");
    assertThrows(IOException.class, () -> boxes.write(1));
  }
}
