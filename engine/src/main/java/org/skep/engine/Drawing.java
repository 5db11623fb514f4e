package org.skep.engine;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.skep.kernel.Bytes;

/** Draws pictures smaller and writes them into files with nothing but what is seen. Any thread. */
final class Drawing {
  private Drawing() {}

  /**
   * The picture, at most so large on its longer side; a smaller one stays as large as it is. Halves
   * as long as it can: a single large step would leave out most of the picture.
   */
  static BufferedImage scaled(BufferedImage image, int sidePixelsMax) {
    int type =
        image.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB_PRE
            : BufferedImage.TYPE_INT_RGB;
    BufferedImage scaled = image;
    while (longerSide(scaled) > 2 * sidePixelsMax) {
      scaled = drawn(scaled, Math.ceilDiv(longerSide(scaled), 2), type);
    }
    return drawn(scaled, Math.min(longerSide(scaled), sidePixelsMax), type);
  }

  static int longerSide(BufferedImage image) {
    return Math.max(image.getWidth(), image.getHeight());
  }

  private static BufferedImage drawn(BufferedImage image, int longerSide, int type) {
    int width = share(image.getWidth(), longerSide, longerSide(image));
    int height = share(image.getHeight(), longerSide, longerSide(image));
    BufferedImage drawn = new BufferedImage(width, height, type);
    Graphics2D graphics = drawn.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, width, height, null);
    } finally {
      graphics.dispose();
    }
    return drawn;
  }

  private static int share(int side, int longerAfter, int longerBefore) {
    return Math.max(1, (int) Math.round((double) side * longerAfter / longerBefore));
  }

  static boolean isTransparent(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return false;
    }
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int argb : image.getRGB(0, y, row.length, 1, row, 0, row.length)) {
        if (argb >>> 24 != 0xff) {
          return true;
        }
      }
    }
    return false;
  }

  /** A file in which what is transparent stays so. */
  static Bytes png(BufferedImage image) {
    return encoded(redrawn(image, BufferedImage.TYPE_INT_ARGB), "png", 0);
  }

  /**
   * @param quality more than 0, at most 1
   */
  static Bytes jpeg(BufferedImage image, float quality) {
    return encoded(redrawn(image, BufferedImage.TYPE_INT_RGB), "jpeg", quality);
  }

  private static BufferedImage redrawn(BufferedImage image, int type) {
    return image.getType() == type ? image : drawn(image, longerSide(image), type);
  }

  private static Bytes encoded(BufferedImage image, String format, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (quality > 0) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every picture", e);
    } finally {
      writer.dispose();
    }
    return Bytes.wrap(out.toByteArray());
  }
}
