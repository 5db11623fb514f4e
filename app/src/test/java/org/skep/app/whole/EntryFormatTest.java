package org.skep.app.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.wire.cbor.CborWriter;

class EntryFormatTest {
  private static List<EntryFormat.Entry> read(EntryFormat format, byte[] file) throws IOException {
    List<EntryFormat.Entry> entries = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(file);
    Optional<EntryFormat.Entry> next = format.read(in);
    while (next.isPresent()) {
      entries.add(next.get());
      next = format.read(in);
    }
    return entries;
  }

  private static byte[] written(EntryFormat format, List<Bytes> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes entry : entries) {
      format.write(out, entry);
    }
    return out.toByteArray();
  }

  private static void assertComesBack(EntryFormat format, List<Bytes> entries) throws IOException {
    List<EntryFormat.Entry> whole =
        entries.stream().<EntryFormat.Entry>map(EntryFormat.Entry.Whole::new).toList();
    assertEquals(whole, read(format, written(format, entries)));
  }

  private static Bytes operation(int header, int body) {
    CborWriter writer = new CborWriter().array(body == 0 ? 1 : 2);
    writer.bytes(Bytes.wrap(new byte[header]));
    return (body == 0 ? writer : writer.bytes(Bytes.wrap(new byte[body]))).toBytes();
  }

  @Test
  void linesComeBackAsTheyWereAlsoThoseWithLineBreaksInside() throws IOException {
    assertComesBack(
        EntryFormat.LINES,
        List.of(
            Bytes.ofUtf8("{\"a\":\"é ✓ 😀 \\n\"}"),
            Bytes.ofUtf8("{\n  \"a\": 1\r\n}"),
            Bytes.ofUtf8("\n {\"around\":\u2028 1} \n\n"),
            Bytes.ofUtf8(" {\"a\":\"\\\"\"}")));
  }

  @Test
  void aMessageOnOneLineStandsThereBare() throws IOException {
    Bytes message = Bytes.ofUtf8("{\"a\":1}");
    assertEquals(
        "{\"a\":1}\n",
        new String(written(EntryFormat.LINES, List.of(message)), StandardCharsets.UTF_8));
  }

  @Test
  void aLineThatIsTooLongIsPassedOver() throws IOException {
    String file = "{\"a\":1}\n" + "x".repeat(1_000_000) + "\n\"half\n{\"b\":2}";
    List<EntryFormat.Entry> entries =
        read(EntryFormat.LINES, file.getBytes(StandardCharsets.UTF_8));
    assertEquals(4, entries.size(), entries::toString);
    assertInstanceOf(EntryFormat.Entry.Damaged.class, entries.get(1));
    assertInstanceOf(EntryFormat.Entry.Damaged.class, entries.get(2));
    assertEquals(new EntryFormat.Entry.Whole(Bytes.ofUtf8("{\"b\":2}")), entries.get(3));
  }

  @Test
  void aSequenceComesBackAsItWas() throws IOException {
    assertComesBack(
        EntryFormat.SEQUENCE,
        List.of(
            operation(5, 0),
            operation(23, 24),
            operation(255, 256),
            operation(4_096, 65_536),
            operation(1, 1 << 20)));
  }

  @Test
  void aSequenceThatIsCutOrLiesEndsThereAndReservesNothing() throws IOException {
    byte[] two = written(EntryFormat.SEQUENCE, List.of(operation(300, 10), operation(40, 40)));
    for (int length = 1; length < two.length; length++) {
      List<EntryFormat.Entry> entries = read(EntryFormat.SEQUENCE, Arrays.copyOf(two, length));
      boolean firstIsWhole = length >= operation(300, 10).length();
      assertTrue(
          entries.getFirst() instanceof EntryFormat.Entry.Whole == firstIsWhole, "at " + length);
    }
    byte[] huge = {(byte) 0x81, 0x5a, 0x7f, -1, -1, -1};
    assertInstanceOf(EntryFormat.Entry.Damaged.class, read(EntryFormat.SEQUENCE, huge).getFirst());
    assertTrue(OperationCodec.OPERATION_BYTES_MAX < 0x7fffffff);
  }
}
