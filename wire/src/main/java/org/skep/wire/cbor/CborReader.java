package org.skep.wire.cbor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;

/**
 * Reads items in the one permitted form and refuses every other: heads must be the shortest, map
 * keys text in ascending order of their encoding, lengths definite and within what is left. One
 * thread.
 */
public final class CborReader {
  private final byte[] in;
  private int at;

  public CborReader(Bytes bytes) {
    this.in = bytes.toArray();
  }

  /** What comes next, without consuming it. */
  public CborType peek() throws CborException {
    int first = first();
    return switch (first >>> 5) {
      case CborWriter.UNSIGNED -> CborType.UNSIGNED;
      case CborWriter.NEGATIVE -> CborType.NEGATIVE;
      case CborWriter.BYTES -> CborType.BYTES;
      case CborWriter.TEXT -> CborType.TEXT;
      case CborWriter.ARRAY -> CborType.ARRAY;
      case CborWriter.MAP -> CborType.MAP;
      default ->
          switch (first) {
            case CborWriter.FALSE, CborWriter.TRUE -> CborType.BOOLEAN;
            case CborWriter.NULL -> CborType.NULL;
            default -> throw new CborException("a float, a tag or an unknown simple value");
          };
    };
  }

  /**
   * A whole number.
   *
   * @param max greatest accepted value, 0 or more
   */
  public long unsigned(long max) throws CborException {
    long value = head(CborType.UNSIGNED);
    if (value < 0 || value > max) {
      throw new CborException("a number over " + max);
    }
    return value;
  }

  /** A byte string of at most {@code lengthMax} bytes. */
  public Bytes bytes(int lengthMax) throws CborException {
    int length = length(CborType.BYTES, lengthMax);
    Bytes value = Bytes.copyOf(in, at, length);
    at += length;
    return value;
  }

  /** A byte string of exactly {@code length} bytes. */
  public Bytes bytesOf(int length) throws CborException {
    Bytes value = bytes(length);
    if (value.length() != length) {
      throw new CborException("a byte string of " + value.length() + ", not " + length);
    }
    return value;
  }

  /** A text of at most {@code lengthMax} bytes of UTF-8. */
  public String text(int lengthMax) throws CborException {
    int length = length(CborType.TEXT, lengthMax);
    String value = Utf8.decode(in, at, length);
    at += length;
    return value;
  }

  /**
   * The head of an array.
   *
   * @return how many items follow, at most {@code countMax}
   */
  public int array(int countMax) throws CborException {
    return length(CborType.ARRAY, countMax);
  }

  public boolean bool() throws CborException {
    demand(CborType.BOOLEAN);
    return (in[at++] & 0xff) == CborWriter.TRUE;
  }

  /** A null, and nothing else. */
  public void nil() throws CborException {
    demand(CborType.NULL);
    at++;
  }

  /**
   * A map, each value left encoded.
   *
   * @param lengthMax most entries; longest key and longest string and container within
   * @param depthMax how deep the map may nest: 1 is a map that could hold nothing
   * @return in the order of the encoding, unmodifiable
   */
  public SequencedMap<String, Bytes> map(int lengthMax, int depthMax) throws CborException {
    return entries(lengthMax, 1, depthMax);
  }

  /**
   * Any one item, checked throughout.
   *
   * @param lengthMax longest string, in bytes, and most items of a container
   * @param depthMax how deep it may nest, itself counted; 1 allows scalars and empty containers
   * @return its encoding
   */
  public Bytes item(int lengthMax, int depthMax) throws CborException {
    int from = at;
    skip(lengthMax, 1, depthMax);
    return Bytes.copyOf(in, from, at - from);
  }

  /** Demands that nothing follows. */
  public void end() throws CborException {
    if (at != in.length) {
      throw new CborException((in.length - at) + " bytes too many");
    }
  }

  private void skip(int lengthMax, int depth, int depthMax) throws CborException {
    if (depth > depthMax) {
      throw new CborException("nested too deeply");
    }
    CborType type = peek();
    switch (type) {
      case UNSIGNED, NEGATIVE -> head(type);
      case BYTES -> bytes(lengthMax);
      case TEXT -> text(lengthMax);
      case BOOLEAN, NULL -> at++;
      case ARRAY -> {
        int count = array(lengthMax);
        for (int i = 0; i < count; i++) {
          skip(lengthMax, depth + 1, depthMax);
        }
      }
      case MAP -> entries(lengthMax, depth, depthMax);
    }
  }

  private SequencedMap<String, Bytes> entries(int lengthMax, int depth, int depthMax)
      throws CborException {
    int count = length(CborType.MAP, lengthMax);
    SequencedMap<String, Bytes> entries = new LinkedHashMap<>();
    @Nullable Bytes before = null;
    for (int i = 0; i < count; i++) {
      int keyFrom = at;
      String key = text(lengthMax);
      Bytes encodedKey = Bytes.copyOf(in, keyFrom, at - keyFrom);
      if (before != null && before.compareTo(encodedKey) >= 0) {
        throw new CborException("map keys out of order or twice");
      }
      before = encodedKey;
      int valueFrom = at;
      skip(lengthMax, depth + 1, depthMax);
      entries.put(key, Bytes.copyOf(in, valueFrom, at - valueFrom));
    }
    return Collections.unmodifiableSequencedMap(entries);
  }

  /** A length or count, never more than the bytes that are left, so that it may be allocated. */
  private int length(CborType type, int max) throws CborException {
    long value = head(type);
    if (value < 0 || value > max) {
      throw new CborException("longer than " + max);
    }
    if (value > in.length - at) {
      throw new CborException("cut short");
    }
    return (int) value;
  }

  /** The argument of the next head as an unsigned 64-bit number, so possibly negative in Java. */
  private long head(CborType type) throws CborException {
    demand(type);
    int info = in[at++] & 0x1f;
    if (info < 24) {
      return info;
    }
    return switch (info) {
      case 24 -> argument(1, 24);
      case 25 -> argument(2, 0x100);
      case 26 -> argument(4, 0x10000);
      case 27 -> argument(8, 0x100000000L);
      default -> throw new CborException("an indefinite length");
    };
  }

  private long argument(int lengthBytes, long least) throws CborException {
    if (in.length - at < lengthBytes) {
      throw new CborException("cut short");
    }
    long value = 0;
    for (int i = 0; i < lengthBytes; i++) {
      value = value << 8 | (in[at++] & 0xff);
    }
    if (Long.compareUnsigned(value, least) < 0) {
      throw new CborException("a number not in its shortest form");
    }
    return value;
  }

  private void demand(CborType type) throws CborException {
    CborType next = peek();
    if (next != type) {
      throw new CborException("expected " + type + ", found " + next);
    }
  }

  private int first() throws CborException {
    if (at >= in.length) {
      throw new CborException("cut short");
    }
    return in[at] & 0xff;
  }
}
