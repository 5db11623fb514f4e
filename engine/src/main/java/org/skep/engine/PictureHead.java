package org.skep.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;

/**
 * What the beginning of a file says of the picture in it; nothing is decoded, and a file that lies
 * here only lies about itself.
 *
 * @param size as it is to be seen; empty where the beginning does not say it
 */
public record PictureHead(PictureFormat format, Optional<Size> size) {
  /** As much as is worth looking at: behind that lie the notes of a camera, or pixels. */
  public static final int BYTES_MAX = 128 << 10;

  private static final Bytes IMAGE_EXTENT = Bytes.ofUtf8("ispe");

  /**
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public record Size(int width, int height) {
    private static Optional<Size> of(int width, int height) {
      return width > 0 && height > 0 ? Optional.of(new Size(width, height)) : Optional.empty();
    }
  }

  /**
   * @param beginning up to {@link #BYTES_MAX} bytes are looked at
   * @return empty when it begins like no picture
   */
  public static Optional<PictureHead> of(Bytes beginning) {
    return PictureFormat.of(beginning)
        .map(format ->
            new PictureHead(
                format,
                switch (format) {
                  case PNG -> png(beginning);
                  case GIF -> gif(beginning);
                  case JPEG -> jpeg(beginning);
                  case WEBP -> webp(beginning);
                  case AVIF -> avif(beginning);
                }));
  }

  /**
   * Whether it says that it has more pixels than whoever draws it should be asked for: a few bytes
   * may stand for gigabytes.
   */
  public boolean isTooLarge() {
    return size.filter(says -> (long) says.width() * says.height() > PictureFile.PIXELS_MAX)
        .isPresent();
  }

  /** The first chunk is IHDR, PNG, third edition, §11.2.1. */
  private static Optional<Size> png(Bytes file) {
    return file.length() < 24
        ? Optional.empty()
        : Size.of(number(file, 16, 4), number(file, 20, 4));
  }

  /** The logical screen, GIF89a, §18, least byte first. */
  private static Optional<Size> gif(Bytes file) {
    return file.length() < 10
        ? Optional.empty()
        : Size.of(numberBack(file, 6, 2), numberBack(file, 8, 2));
  }

  /** By the kind of the first chunk: RFC 9649, §2.7; RFC 6386, §9.1; RFC 9649, §3.4. */
  private static Optional<Size> webp(Bytes file) {
    if (file.length() < 30) {
      return Optional.empty();
    }
    return switch (file.slice(12, 16).utf8()) {
      case "VP8X" -> Size.of(numberBack(file, 24, 3) + 1, numberBack(file, 27, 3) + 1);
      case "VP8 " -> Size.of(numberBack(file, 26, 2) & 0x3fff, numberBack(file, 28, 2) & 0x3fff);
      case "VP8L" -> {
        int sides = numberBack(file, 21, 4);
        yield Size.of((sides & 0x3fff) + 1, (sides >>> 14 & 0x3fff) + 1);
      }
      default -> Optional.empty();
    };
  }

  /** The largest of its images, ISO/IEC 23008-12, §6.5.3, wherever it stands. */
  private static Optional<Size> avif(Bytes file) {
    Optional<Size> largest = Optional.empty();
    for (int at = 0; at + 16 <= file.length(); at++) {
      if (file.get(at) == 'i' && file.slice(at, at + 4).equals(IMAGE_EXTENT)) {
        // Four bytes of version and flags stand between.
        Optional<Size> size = Size.of(number(file, at + 8, 4), number(file, at + 12, 4));
        largest = larger(largest, size);
      }
    }
    return largest;
  }

  private static Optional<Size> larger(Optional<Size> one, Optional<Size> other) {
    return Stream.concat(one.stream(), other.stream())
        .max(Comparator.comparingLong(size -> (long) size.width() * size.height()));
  }

  /** The frame header, ITU-T T.81, B.2.2, and which way is up. */
  private static Optional<Size> jpeg(Bytes file) {
    int at = 2;
    while (at + 9 <= file.length() && number(file, at, 1) == 0xff) {
      int marker = number(file, at + 1, 1);
      if (isFrame(marker)) {
        int height = number(file, at + 5, 2);
        int width = number(file, at + 7, 2);
        return JpegOrientation.of(file).exchanged()
            ? Size.of(height, width)
            : Size.of(width, height);
      }
      // A marker may stand behind any number of these.
      at += marker == 0xff ? 1 : 2 + number(file, at + 2, 2);
    }
    return Optional.empty();
  }

  private static boolean isFrame(int marker) {
    // Among them stand those of tables: Huffman, extensions, arithmetic coding.
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Least byte first. */
  private static int numberBack(Bytes file, int at, int length) {
    int number = 0;
    for (int i = at + length - 1; i >= at; i--) {
      number = number << 8 | (file.get(i) & 0xff);
    }
    return number;
  }

  private static int number(Bytes file, int at, int length) {
    int number = 0;
    for (int i = at; i < at + length; i++) {
      number = number << 8 | (file.get(i) & 0xff);
    }
    return number;
  }
}
