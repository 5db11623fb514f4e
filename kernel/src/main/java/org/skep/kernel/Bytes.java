package org.skep.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable run of bytes with value equality. Equality takes the same time wherever the first
 * difference lies, so that a comparison of secrets or authenticators leaks nothing. {@link
 * #toString} names the length only, because what is wrapped may be secret. Any thread.
 */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A copy of the array. */
  public static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  /** A copy of {@code length} bytes from {@code offset} on. */
  public static Bytes copyOf(byte[] array, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(array, offset, offset + length));
  }

  /** Wraps without a copy; the caller promises never to change the array again. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array);
  }

  public static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException when the text is not pairs of hexadecimal digits
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /**
   * Standard alphabet, padding optional.
   *
   * @throws IllegalArgumentException when the text is not base64
   */
  public static Bytes ofBase64(String base64) {
    return new Bytes(Base64.getDecoder().decode(base64));
  }

  public static Bytes concat(Bytes... parts) {
    int total = 0;
    for (Bytes part : parts) {
      total += part.array.length;
    }
    byte[] joined = new byte[total];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.array, 0, joined, at, part.array.length);
      at += part.array.length;
    }
    return new Bytes(joined);
  }

  public int length() {
    return array.length;
  }

  public byte get(int index) {
    return array[index];
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    if (from < 0 || to > array.length || from > to) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + array.length);
    }
    return new Bytes(Arrays.copyOfRange(array, from, to));
  }

  public boolean startsWith(Bytes beginning) {
    return array.length >= beginning.array.length
        && Arrays.mismatch(
                array, 0, beginning.array.length, beginning.array, 0, beginning.array.length)
            < 0;
  }

  public byte[] toArray() {
    return array.clone();
  }

  /** Copies all bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(array, 0, target, offset, array.length);
  }

  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  public String hex() {
    return HexFormat.of().formatHex(array);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(array);
  }

  /** Base64 with the alphabet that is safe in addresses, without padding. */
  public String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(array);
  }

  /** Whether every byte is zero. */
  public boolean isAllZero() {
    int seen = 0;
    for (byte b : array) {
      seen |= b;
    }
    return seen == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && MessageDigest.isEqual(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
