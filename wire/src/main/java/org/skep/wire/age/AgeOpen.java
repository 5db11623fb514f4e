package org.skep.wire.age;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens what was sealed by a passphrase. Gives nothing that was not checked; that the end is there
 * is known when it is reached. One thread.
 */
public final class AgeOpen extends InputStream {
  static final String VERSION = "age-encryption.org/v1";

  /** 256 MiB of memory, what age's own program takes; a hostile file may ask for any. */
  static final int WORK_FACTOR_MAX = 18;

  private static final int LINE_BYTES_MAX = 128;
  private static final Pattern STANZA =
      Pattern.compile("-> scrypt (?<salt>[A-Za-z0-9+/]{22}) (?<factor>[1-9][0-9]?)");
  private static final String MAC_PREFIX = "---";

  private final InputStream from;
  private final byte[] key;
  private byte[] plain = new byte[0];
  private int at;
  private long chunks;
  private boolean ended;

  /** The first byte of the next chunk, or -1 at the end. */
  private int ahead;

  private AgeOpen(InputStream from, byte[] key) throws IOException {
    this.from = from;
    this.key = key;
    this.ahead = from.read();
  }

  /**
   * Reads the header.
   *
   * @param from closed with this; read in large parts
   * @throws AgeException when the passphrase is another one, or it is no file of this kind
   */
  public static AgeOpen begin(InputStream from, String passphrase) throws IOException {
    StringBuilder header = new StringBuilder();
    expect(line(from, header).equals(VERSION));
    Matcher stanza = STANZA.matcher(line(from, header));
    expect(stanza.matches());
    int factor = Integer.parseInt(stanza.group("factor"));
    if (factor > WORK_FACTOR_MAX
        || AgeKeys.memoryBytes(factor) > Runtime.getRuntime().maxMemory()) {
      throw new AgeException("to open this takes more memory than this program gives");
    }
    byte[] salt = base64(stanza.group("salt"), AgeKeys.SALT_BYTES);
    byte[] wrapped = base64(line(from, header), AgeKeys.FILE_KEY_BYTES + AgeKeys.TAG_BYTES);
    String end = line(from, new StringBuilder());
    expect(end.startsWith(MAC_PREFIX + " "));
    header.append(MAC_PREFIX);
    byte[] fileKey =
        AgeKeys.unwrap(AgeKeys.wrapping(passphrase, salt, factor), wrapped)
            .orElseThrow(() -> new AgeException("the passphrase is another one"));
    byte[] mac = base64(end.substring(MAC_PREFIX.length() + 1), 32);
    byte[] right =
        AgeKeys.headerMac(fileKey, header.toString().getBytes(StandardCharsets.US_ASCII));
    expect(MessageDigest.isEqual(mac, right));
    byte[] nonce = from.readNBytes(AgeKeys.PAYLOAD_NONCE_BYTES);
    expect(nonce.length == AgeKeys.PAYLOAD_NONCE_BYTES);
    return new AgeOpen(from, AgeKeys.payload(fileKey, nonce));
  }

  private static void expect(boolean right) throws AgeException {
    if (!right) {
      throw new AgeException("it is no file sealed by a passphrase, or it is damaged");
    }
  }

  private static String line(InputStream from, StringBuilder header) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = from.read();
    while (next != '\n') {
      expect(next >= ' ' && next < 0x7f && line.length() < LINE_BYTES_MAX);
      line.append((char) next);
      next = from.read();
    }
    header.append(line).append('\n');
    return line.toString();
  }

  private static byte[] base64(String text, int length) throws AgeException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // One form only, as age has it: no padding, no bits left over.
      expect(Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text));
      expect(bytes.length == length);
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new AgeException("it is damaged: " + e.getMessage());
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == plain.length) {
      if (ended) {
        return -1;
      }
      nextChunk();
    }
    int some = Math.min(length, plain.length - at);
    System.arraycopy(plain, at, into, offset, some);
    at += some;
    return some;
  }

  private void nextChunk() throws IOException {
    expect(ahead >= 0);
    byte[] sealed = new byte[AgeKeys.CHUNK_BYTES + AgeKeys.TAG_BYTES];
    sealed[0] = (byte) ahead;
    int length = 1 + from.readNBytes(sealed, 1, sealed.length - 1);
    ahead = length < sealed.length ? -1 : from.read();
    boolean last = ahead < 0;
    Optional<byte[]> opened = AgeKeys.open(key, AgeKeys.nonce(chunks, last), sealed, length);
    plain = opened.orElseThrow(() -> new AgeException("it is damaged, or its end is missing"));
    // Only what is empty as a whole ends with an empty chunk.
    expect(plain.length > 0 || chunks == 0);
    at = 0;
    chunks++;
    ended = last;
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
