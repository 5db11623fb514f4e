package org.skep.interop;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** A picture to show: the sun over a garden. */
final class Garden {
  /** What a camera wrote down. */
  static final String NOTES = "41.1579 N 8.6291 W by a secret camera";

  /** Where the first chunk of a PNG file ends, which says how large it is. */
  private static final int HEADER_BYTES = 33;

  private Garden() {}

  static BufferedImage drawn(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, new Color(0xbfe3f5), 0, height, new Color(0x3f8f5f)));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(new Color(0xe6b84f));
    graphics.fillOval(width / 2 - height / 4, height / 4, height / 2, height / 2);
    graphics.dispose();
    return image;
  }

  /** The file of a camera that noted more than is seen (PNG, third edition, §11.3.4.9: eXIf). */
  static byte[] noted(int width, int height) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(drawn(width, height), "png", plain);
    byte[] file = plain.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, HEADER_BYTES);
    byte[] chunk = ("eXIfMM\0*" + NOTES).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(chunk);
    DataOutputStream fields = new DataOutputStream(out);
    fields.writeInt(chunk.length - 4);
    fields.write(chunk);
    fields.writeInt((int) sum.getValue());
    out.writeBytes(Arrays.copyOfRange(file, HEADER_BYTES, file.length));
    return out.toByteArray();
  }
}
