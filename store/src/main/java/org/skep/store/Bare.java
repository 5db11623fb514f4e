package org.skep.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.skep.kernel.RecordException;

/**
 * What a packed record looks like that leaves out what its row says: CRC-32C (RFC 3720, section
 * 12.1) of the whole record, the greatest byte first, and then its {@link Abridged} form, packed.
 * zstd's own sum would not tell that a name came back as another.
 */
final class Bare {
  private Bare() {}

  static byte[] pack(byte[] record, List<String> names, UnaryOperator<byte[]> packing) {
    byte[] frame = packing.apply(Abridged.of(record, names));
    return ByteBuffer.allocate(Integer.BYTES + frame.length).putInt(sum(record)).put(frame).array();
  }

  /**
   * @throws RecordException when the record is not the one that was packed
   */
  static byte[] unpack(byte[] packed, List<String> names, UnaryOperator<byte[]> unpacking) {
    if (packed.length < Integer.BYTES) {
      throw new RecordException("a kept record is damaged: it is too short");
    }
    byte[] frame = Arrays.copyOfRange(packed, Integer.BYTES, packed.length);
    byte[] record = Abridged.whole(unpacking.apply(frame), names);
    if (sum(record) != ByteBuffer.wrap(packed).getInt()) {
      throw new RecordException("a kept record, or a name in it, is damaged: its sum is another");
    }
    return record;
  }

  private static int sum(byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(record);
    return (int) sum.getValue();
  }
}
