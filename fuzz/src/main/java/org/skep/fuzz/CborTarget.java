package org.skep.fuzz;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.skep.kernel.Bytes;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborType;
import org.skep.wire.cbor.CborWriter;

/** CBOR in its one form: what is taken is what would be written. */
final class CborTarget implements Target {
  private static final int LENGTH_MAX = 1 << 12;
  private static final int DEPTH_MAX = 16;

  @Override
  public String name() {
    return "cbor";
  }

  @Override
  public List<Bytes> seeds() {
    Bytes map = new CborWriter().map(Map.of("a", CborWriter.encodedBool(true))).toBytes();
    return List.of(
        map,
        new CborWriter().array(2).item(map).nil().toBytes(),
        new CborWriter().map(Map.of("type", CborWriter.encodedText("é😀"), "n", map)).toBytes(),
        CborWriter.encodedUnsigned(23),
        CborWriter.encodedUnsigned(24),
        CborWriter.encodedUnsigned(Long.MAX_VALUE),
        CborWriter.encodedBytes(Bytes.wrap(new byte[300])),
        Bytes.ofHex("3b7fffffffffffffff"),
        Bytes.ofHex("9f01ff"),
        Bytes.ofHex("fb3ff0000000000000"));
  }

  @Override
  public void read(Bytes input) {
    try {
      Bytes item = new CborReader(input).item(LENGTH_MAX, DEPTH_MAX);
      Must.equal(input.slice(0, item.length()), item, "an item is cut out as it stands");
      CborReader alone = new CborReader(item);
      Must.equal(item, alone.item(LENGTH_MAX, DEPTH_MAX), "and is an item by itself");
      alone.end();
      writeAgain(item);
    } catch (CborException refused) {
      Must.hold(!refused.reason().isEmpty(), "a refusal has a reason");
    }
  }

  private static void writeAgain(Bytes item) throws CborException {
    CborReader reader = new CborReader(item);
    CborType type = reader.peek();
    Bytes written =
        switch (type) {
          case MAP -> {
            SequencedMap<String, Bytes> entries = reader.map(LENGTH_MAX, DEPTH_MAX);
            yield new CborWriter().map(entries).toBytes();
          }
          case TEXT -> CborWriter.encodedText(reader.text(LENGTH_MAX));
          case BYTES -> CborWriter.encodedBytes(reader.bytes(LENGTH_MAX));
          case BOOLEAN -> CborWriter.encodedBool(reader.bool());
          case ARRAY -> {
            int count = reader.array(LENGTH_MAX);
            CborWriter writer = new CborWriter().array(count);
            for (int i = 0; i < count; i++) {
              writer.item(reader.item(LENGTH_MAX, DEPTH_MAX - 1));
            }
            yield writer.toBytes();
          }
          // Numbers beyond what Java holds are read past and never asked for.
          case UNSIGNED, NEGATIVE, NULL -> item;
        };
    Must.equal(item, written, "what is taken is what would be written");
  }
}
