package org.skep.wire.cbor;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.skep.kernel.Bytes;

/**
 * Writes items in the one permitted form. The caller gives an array its announced number of items.
 * One thread.
 */
public final class CborWriter {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int FALSE = 0xf4;
  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A whole number, 0 or more. */
  public CborWriter unsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not an unsigned number: " + value);
    }
    head(UNSIGNED, value);
    return this;
  }

  public CborWriter bytes(Bytes value) {
    head(BYTES, value.length());
    out.writeBytes(value.toArray());
    return this;
  }

  /**
   * @throws IllegalArgumentException when the text has half a surrogate pair, which UTF-8 can't say
   */
  public CborWriter text(String value) {
    Bytes utf8 = Utf8.encode(value);
    head(TEXT, utf8.length());
    out.writeBytes(utf8.toArray());
    return this;
  }

  /** The head of an array; {@code count} items must follow. */
  public CborWriter array(int count) {
    head(ARRAY, count);
    return this;
  }

  /**
   * A whole map.
   *
   * @param entries text to one encoded item each, in any order
   */
  public CborWriter map(Map<String, Bytes> entries) {
    TreeMap<Bytes, Bytes> inOrder = new TreeMap<>();
    entries.forEach((key, value) -> inOrder.put(encodedText(key), value));
    head(MAP, inOrder.size());
    inOrder.forEach((key, value) -> item(key).item(value));
    return this;
  }

  public CborWriter bool(boolean value) {
    out.write(value ? TRUE : FALSE);
    return this;
  }

  public CborWriter nil() {
    out.write(NULL);
    return this;
  }

  /** One item that is encoded already. */
  public CborWriter item(Bytes encoded) {
    out.writeBytes(encoded.toArray());
    return this;
  }

  public Bytes toBytes() {
    return Bytes.wrap(out.toByteArray());
  }

  /** One unsigned number by itself. */
  public static Bytes encodedUnsigned(long value) {
    return new CborWriter().unsigned(value).toBytes();
  }

  /** One byte string by itself. */
  public static Bytes encodedBytes(Bytes value) {
    return new CborWriter().bytes(value).toBytes();
  }

  /** One text by itself. */
  public static Bytes encodedText(String value) {
    return new CborWriter().text(value).toBytes();
  }

  /** One boolean by itself. */
  public static Bytes encodedBool(boolean value) {
    return new CborWriter().bool(value).toBytes();
  }

  /** The shortest head: RFC 8949, sections 3 and 4.2.1. */
  private void head(int major, long argument) {
    int high = major << 5;
    if (argument < 24) {
      out.write(high | (int) argument);
    } else if (argument <= 0xffL) {
      out.write(high | 24);
      bigEndian(argument, 1);
    } else if (argument <= 0xffffL) {
      out.write(high | 25);
      bigEndian(argument, 2);
    } else if (argument <= 0xffffffffL) {
      out.write(high | 26);
      bigEndian(argument, 4);
    } else {
      out.write(high | 27);
      bigEndian(argument, 8);
    }
  }

  private void bigEndian(long value, int lengthBytes) {
    for (int i = lengthBytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
