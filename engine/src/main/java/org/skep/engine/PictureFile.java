package org.skep.engine;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.skep.kernel.Bytes;

/**
 * A picture file that somebody uploaded: PNG, JPEG or GIF. What decoding it costs is bounded before
 * anything is decoded. Any thread.
 */
final class PictureFile {
  static final long PIXELS_MAX = 40_000_000;

  /** Decoders hold whole rows. */
  static final int ROW_PIXELS_MAX = 30_000;

  /** Each scan of a progressive JPEG costs as much as the whole picture; ten are usual. */
  static final int SCANS_MAX = 100;

  /**
   * What is decoded takes no more memory than this: four bytes for each of 4096 by 4096 pixels, and
   * never more than a quarter of what there may be.
   */
  private static final long DECODED_BYTES_MAX =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  private final Bytes file;

  PictureFile(Bytes file) {
    this.file = file;
  }

  /** Which part of a picture is wanted, of so many pixels across and down. */
  @FunctionalInterface
  interface Part {
    Rectangle of(int width, int height);
  }

  /**
   * Decodes a part, as it stands in the file: see {@link #orientation}.
   *
   * @param sidePixelsMax where it is larger, rows and columns between are left out
   * @throws Refusal when it is no picture that can be read, or too large a one
   */
  BufferedImage decoded(Part part, int sidePixelsMax) {
    ImageReader reader = reader();
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toArray()))) {
      // Without metadata: a few bytes of compressed text there may stand for gigabytes.
      reader.setInput(in, true, true);
      return reader.read(0, parameters(reader, part, sidePixelsMax));
    } catch (Refusal ours) {
      throw ours;
    } catch (IOException | RuntimeException e) {
      // With malformed files the decoders of the JDK throw nearly anything.
      throw unreadable(e);
    } finally {
      reader.dispose();
    }
  }

  /** Which way is up. */
  JpegOrientation orientation() {
    return PictureFormat.of(file).equals(Optional.of(PictureFormat.JPEG))
        ? JpegOrientation.of(file)
        : JpegOrientation.UPRIGHT;
  }

  private ImageReader reader() {
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

  /** The part, in as few pixels as are needed. */
  private static ImageReadParam parameters(ImageReader reader, Part part, int sidePixelsMax)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > PIXELS_MAX || Math.max(width, height) > ROW_PIXELS_MAX) {
      throw new Refusal("this picture is too large: at most 40 million pixels");
    }
    Rectangle wanted = part.of(width, height);
    int pixelBits = reader.getImageTypes(0).next().getColorModel().getPixelSize();
    int step = Math.ceilDiv(Math.max(wanted.width, wanted.height), sidePixelsMax);
    while (bytes(wanted, step, pixelBits) > DECODED_BYTES_MAX) {
      step++;
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceRegion(wanted);
    parameters.setSourceSubsampling(step, step, 0, 0);
    return parameters;
  }

  private static long bytes(Rectangle part, int step, int pixelBits) {
    long pixels = (long) Math.ceilDiv(part.width, step) * Math.ceilDiv(part.height, step);
    return pixels * pixelBits / Byte.SIZE;
  }
}
