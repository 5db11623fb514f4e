package org.skep.engine;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.skep.kernel.Bytes;

/** Picture files for tests. */
final class TestPictures {
  private TestPictures() {}

  /** Red on the left, blue on the right, and between them what there is room for. */
  static BufferedImage stripes(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.GREEN, 0, height, Color.YELLOW));
    graphics.fillRect(0, 0, width, height);
    graphics.setPaint(Color.RED);
    graphics.fillRect(0, 0, width / 3, height);
    graphics.setPaint(Color.BLUE);
    graphics.fillRect(width - width / 3, 0, width / 3, height);
    graphics.dispose();
    return image;
  }

  static Bytes file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("not written as " + format);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  static Bytes photo(int width, int height) {
    return file(stripes(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  /** Puts a segment right behind the start of a JPEG file, as cameras do. */
  static Bytes withSegment(Bytes jpeg, int marker, Bytes content) {
    int length = content.length() + 2;
    Bytes head =
        Bytes.wrap(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
    return Bytes.concat(jpeg.slice(0, 2), head, content, jpeg.slice(2, jpeg.length()));
  }

  /** One directory with a make and an orientation. */
  static Bytes exif(int orientation, boolean bigEndian) {
    ByteBuffer tiff =
        ByteBuffer.allocate(38).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    tiff.put((bigEndian ? "MM" : "II").getBytes(StandardCharsets.US_ASCII)).putShort((short) 42);
    tiff.putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x010f).putShort((short) 2).putInt(4).putInt(0);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return Bytes.concat(Bytes.ofHex("457869660000"), Bytes.wrap(tiff.array()));
  }

  /** A grey picture of one colour, packed as small as can be. */
  static Bytes png(int width, int height) {
    return png(width, height, height);
  }

  /** The same, with fewer rows than it says. */
  static Bytes png(int width, int height, int rows) {
    return png(width, height, rows, Pixel.GREY);
  }

  /** Depth in bits, colour type and the rest of a PNG's header, and how long a pixel is. */
  enum Pixel {
    GREY("0800000000", 1),
    /** Red, green, blue and alpha, two bytes each. */
    DEEP("1006000000", 8);

    private final String header;
    private final int bytes;

    Pixel(String header, int bytes) {
      this.header = header;
      this.bytes = bytes;
    }
  }

  static Bytes png(int width, int height, int rows, Pixel pixel) {
    try {
      return whole(width, height, rows, pixel);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes whole(int width, int height, int rows, Pixel pixel) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(Bytes.ofHex(pixel.header).toArray());
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(pixels)) {
      byte[] row = new byte[width * pixel.bytes + 1];
      for (int y = 0; y < rows; y++) {
        packed.write(row);
      }
    }
    return Bytes.concat(
        Bytes.ofHex("89504e470d0a1a0a"),
        chunk("IHDR", header.toByteArray()),
        chunk("IDAT", pixels.toByteArray()),
        chunk("IEND", new byte[0]));
  }

  static Bytes chunk(String type, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(out);
    byte[] typed = Bytes.concat(Bytes.ofUtf8(type), Bytes.wrap(content)).toArray();
    CRC32 sum = new CRC32();
    sum.update(typed);
    fields.writeInt(content.length);
    fields.write(typed);
    fields.writeInt((int) sum.getValue());
    return Bytes.wrap(out.toByteArray());
  }
}
