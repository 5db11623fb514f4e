package org.skep.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.skep.kernel.RecordException;

/**
 * Records without the names that stand beside them in their row. An entry of a log says whose it is
 * and what it follows; both are random to whatever packs it, and known. Before the rest stand, for
 * each name, a count of seven-bit groups (the least first, all but the last with the eighth bit
 * set): 0 when the name is not left out, or else one more than its place in the record, as far as
 * the names before it are left out already.
 */
final class Abridged {
  /** By so much it may be longer than the record, when nothing could be left out. */
  static final int MORE_BYTES_MAX = 16;

  private Abridged() {}

  /**
   * @param names to be left out, each where it stands first; none is empty
   */
  static byte[] of(byte[] record, List<String> names) {
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    byte[] rest = record;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      int place = place(rest, bytes);
      write(places, place + 1);
      if (place >= 0) {
        rest = without(rest, place, bytes.length);
      }
    }
    places.writeBytes(rest);
    return places.toByteArray();
  }

  /**
   * The record again.
   *
   * @param names the same as before
   * @throws RecordException when it can't have been made so
   */
  static byte[] whole(byte[] abridged, List<String> names) {
    int[] places = new int[names.size()];
    int at = 0;
    for (int i = 0; i < places.length; i++) {
      int shift = 0;
      byte group;
      do {
        if (at == abridged.length || shift > 28) {
          throw damaged();
        }
        group = abridged[at++];
        places[i] |= (group & 0x7f) << shift;
        shift += 7;
      } while (group < 0);
    }
    byte[] whole = Arrays.copyOfRange(abridged, at, abridged.length);
    for (int i = places.length - 1; i >= 0; i--) {
      if (places[i] != 0) {
        whole = with(whole, places[i] - 1, names.get(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return whole;
  }

  private static void write(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Where a name begins, or -1. */
  private static int place(byte[] record, byte[] name) {
    for (int at = 0; at <= record.length - name.length; at++) {
      if (Arrays.equals(record, at, at + name.length, name, 0, name.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] without(byte[] record, int place, int length) {
    byte[] rest = Arrays.copyOf(record, record.length - length);
    System.arraycopy(record, place + length, rest, place, rest.length - place);
    return rest;
  }

  private static byte[] with(byte[] rest, int place, byte[] name) {
    if (place < 0 || place > rest.length) {
      throw damaged();
    }
    byte[] record = Arrays.copyOf(rest, rest.length + name.length);
    System.arraycopy(name, 0, record, place, name.length);
    System.arraycopy(rest, place, record, place + name.length, rest.length - place);
    return record;
  }

  private static RecordException damaged() {
    return new RecordException("a kept record is damaged: its names have no place in it");
  }
}
