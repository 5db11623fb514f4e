package org.skep.engine;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.skep.kernel.Bytes;

/**
 * Makes a small square of any picture: its middle, scaled down and written anew, so that nothing
 * else of the file goes along. Costs are bounded before anything is decoded. Any thread.
 */
final class SquarePicture {
  static final int SIDE_PIXELS_MAX = 512;
  static final long PIXELS_MAX = 40_000_000;

  /** Decoders hold whole rows. */
  static final int ROW_PIXELS_MAX = 30_000;

  /** Each scan of a progressive JPEG costs as much as the whole picture; ten are usual. */
  static final int SCANS_MAX = 100;

  /** Only so much is decoded: rows and columns between are left out. */
  private static final int DECODED_SIDE_PIXELS_MAX = 4 * SIDE_PIXELS_MAX;

  private static final float JPEG_QUALITY = 0.85f;

  private SquarePicture() {}

  /**
   * @return a JPEG, or a PNG where something of the picture is transparent
   * @throws Refusal when it is no picture that can be read, or too large a one
   */
  static Bytes of(Bytes file) {
    BufferedImage scaled = scaled(decoded(file));
    BufferedImage square =
        PictureFormat.of(file).equals(Optional.of(PictureFormat.JPEG))
            ? JpegOrientation.of(file).upright(scaled)
            : scaled;
    boolean transparent = isTransparent(square);
    return encoded(drawn(square, square.getWidth(), finalType(transparent)), transparent);
  }

  private static BufferedImage decoded(Bytes file) {
    ImageReader reader = readerOf(file);
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toArray()))) {
      // Without metadata: a few bytes of compressed text there may stand for gigabytes.
      reader.setInput(in, true, true);
      return reader.read(0, middle(reader));
    } catch (Refusal ours) {
      throw ours;
    } catch (IOException | RuntimeException e) {
      // With malformed files the decoders of the JDK throw nearly anything.
      throw unreadable(e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader readerOf(Bytes file) {
    PictureFormat format =
        PictureFormat.of(file)
            .orElseThrow(() -> new Refusal("this is no picture; Skep reads PNG, JPEG and GIF"));
    String name =
        switch (format) {
          case PNG -> "png";
          case GIF -> "gif";
          case JPEG -> {
            checkMarkers(JpegMarkers.of(file));
            yield "jpeg";
          }
          case WEBP, AVIF ->
              throw new Refusal("Skep can't read this kind of picture; it reads PNG, JPEG and GIF");
        };
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(name);
    if (!readers.hasNext()) {
      throw new IllegalStateException("this Java reads no " + name);
    }
    return readers.next();
  }

  private static void checkMarkers(JpegMarkers markers) {
    if (!markers.whole()) {
      throw unreadable(new IOException("it has no end"));
    }
    if (markers.scans() > SCANS_MAX) {
      throw new Refusal("this picture would take too long to read");
    }
  }

  private static Refusal unreadable(Exception cause) {
    return new Refusal("this picture can't be read; perhaps the file is not whole", cause);
  }

  /** The square in the middle, in as few pixels as are needed. */
  private static ImageReadParam middle(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > PIXELS_MAX || Math.max(width, height) > ROW_PIXELS_MAX) {
      throw new Refusal("this picture is too large: at most 40 million pixels");
    }
    int side = Math.min(width, height);
    int step = Math.ceilDiv(side, DECODED_SIDE_PIXELS_MAX);
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
    parameters.setSourceSubsampling(step, step, 0, 0);
    return parameters;
  }

  /** Halves as long as it can: a single large step would leave out most of the picture. */
  private static BufferedImage scaled(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB_PRE
            : BufferedImage.TYPE_INT_RGB;
    BufferedImage scaled = image;
    int side = image.getWidth();
    while (side > 2 * SIDE_PIXELS_MAX) {
      side = Math.ceilDiv(side, 2);
      scaled = drawn(scaled, side, type);
    }
    return drawn(scaled, Math.min(side, SIDE_PIXELS_MAX), type);
  }

  private static BufferedImage drawn(BufferedImage image, int side, int type) {
    BufferedImage drawn = new BufferedImage(side, side, type);
    Graphics2D graphics = drawn.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, side, side, null);
    } finally {
      graphics.dispose();
    }
    return drawn;
  }

  private static int finalType(boolean transparent) {
    return transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
  }

  private static boolean isTransparent(BufferedImage square) {
    if (!square.getColorModel().hasAlpha()) {
      return false;
    }
    int side = square.getWidth();
    for (int argb : square.getRGB(0, 0, side, side, null, 0, side)) {
      if (argb >>> 24 != 0xff) {
        return true;
      }
    }
    return false;
  }

  private static Bytes encoded(BufferedImage image, boolean transparent) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(transparent ? "png" : "jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (!transparent) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(JPEG_QUALITY);
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
