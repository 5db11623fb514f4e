package org.skep.engine;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
}
