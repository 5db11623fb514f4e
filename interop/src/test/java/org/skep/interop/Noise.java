package org.skep.interop;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;

/** Files and pictures that nothing makes much smaller, and what they are called. */
final class Noise {
  private static final byte[] PNG_HEAD = HexFormat.of().parseHex("89504e470d0a1a0a");

  private Noise() {}

  /** Bytes that begin as a PNG file does, so that they count as a picture. */
  static byte[] file(int bytes, long seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    System.arraycopy(PNG_HEAD, 0, content, 0, PNG_HEAD.length);
    return content;
  }

  /**
   * A true picture.
   *
   * @param format as {@link ImageIO} names it
   */
  static byte[] picture(int side, String format, long seed) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int[] colours = new Random(seed).ints((long) side * side).toArray();
    image.setRGB(0, 0, side, side, colours, 0, side);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /** The SHA-256 of a blob in hexadecimal digits, as the content site names it. */
  static String hash(byte[] content) {
    return HexFormat.of().formatHex(sha256(content));
  }

  /** What Scuttlebutt calls a blob. */
  static String blobId(byte[] content) {
    return "&" + Base64.getEncoder().encodeToString(sha256(content)) + ".sha256";
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
