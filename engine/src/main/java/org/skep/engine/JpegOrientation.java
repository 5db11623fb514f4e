package org.skep.engine;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.skep.kernel.Bytes;

/**
 * Which way is up in a JPEG file: cameras seldom turn the picture, they write down how they were
 * held (Exif 2.32, §4.5.4 and §4.6.4, tag 0x0112, in an APP1 segment).
 *
 * @param number 1 to 8; 1 where nothing is said
 */
record JpegOrientation(int number) {
  static final JpegOrientation UPRIGHT = new JpegOrientation(1);

  private static final int APP1 = 0xe1;
  private static final int START_OF_SCAN = 0xda;
  private static final Bytes EXIF = Bytes.ofHex("457869660000");
  private static final int TIFF_BIG_ENDIAN = 0x4d4d002a;
  private static final int TIFF_LITTLE_ENDIAN = 0x49492a00;
  private static final int ENTRY_BYTES = 12;
  private static final int TAG = 0x0112;

  /** What the file says; upright when it says nothing that can be read. */
  static JpegOrientation of(Bytes file) {
    int at = 2;
    while (at + 4 <= file.length() && (file.get(at) & 0xff) == 0xff) {
      int marker = file.get(at + 1) & 0xff;
      int length = ((file.get(at + 2) & 0xff) << 8) | (file.get(at + 3) & 0xff);
      int end = at + 2 + length;
      if (marker == START_OF_SCAN || length < 2 || end > file.length()) {
        return UPRIGHT;
      }
      Bytes segment = file.slice(at + 4, end);
      if (marker == APP1 && isExif(segment)) {
        return inTiff(segment.slice(EXIF.length(), segment.length()));
      }
      at = end;
    }
    return UPRIGHT;
  }

  private static boolean isExif(Bytes segment) {
    return segment.length() >= EXIF.length() && segment.slice(0, EXIF.length()).equals(EXIF);
  }

  /** The first directory's entry (TIFF 6.0, section 2). */
  private static JpegOrientation inTiff(Bytes tiff) {
    if (tiff.length() < 8) {
      return UPRIGHT;
    }
    ByteBuffer in = ByteBuffer.wrap(tiff.toArray());
    int head = in.getInt(0);
    if (head == TIFF_LITTLE_ENDIAN) {
      in.order(ByteOrder.LITTLE_ENDIAN);
    } else if (head != TIFF_BIG_ENDIAN) {
      return UPRIGHT;
    }
    long directory = Integer.toUnsignedLong(in.getInt(4));
    if (directory + 2 > tiff.length()) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(in.getShort((int) directory));
    for (int i = 0; i < entries; i++) {
      int entry = (int) directory + 2 + i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.length()) {
        return UPRIGHT;
      }
      if (Short.toUnsignedInt(in.getShort(entry)) == TAG) {
        int number = Short.toUnsignedInt(in.getShort(entry + 8));
        return number >= 1 && number <= 8 ? new JpegOrientation(number) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The picture as it is meant to be seen. */
  BufferedImage upright(BufferedImage picture) {
    if (number == 1) {
      return picture;
    }
    int width = exchanged() ? picture.getHeight() : picture.getWidth();
    int height = exchanged() ? picture.getWidth() : picture.getHeight();
    int right = picture.getWidth() - 1;
    int bottom = picture.getHeight() - 1;
    boolean mirrored = number == 2 || number == 3 || number == 7 || number == 8;
    boolean upsideDown = number == 3 || number == 4 || number == 6 || number == 7;
    BufferedImage turned = new BufferedImage(width, height, picture.getType());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int across = exchanged() ? y : x;
        int down = exchanged() ? x : y;
        turned.setRGB(
            x,
            y,
            picture.getRGB(mirrored ? right - across : across, upsideDown ? bottom - down : down));
      }
    }
    return turned;
  }

  /** Whether rows stand where columns are to be seen. */
  boolean exchanged() {
    return number >= 5;
  }
}
