package org.skep.engine;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.skep.kernel.Bytes;

/**
 * Draws a picture anew, all of it and no larger than a screen shows, so that nothing else of the
 * file goes along. Any thread.
 */
final class WholePicture {
  static final int SIDE_PIXELS_MAX = 2_048;

  /** Only so much is decoded: rows and columns between are left out. */
  private static final int DECODED_SIDE_PIXELS_MAX = 2 * SIDE_PIXELS_MAX;

  private static final float[] JPEG_QUALITIES = {0.85f, 0.7f, 0.5f};

  private WholePicture() {}

  /**
   * @param bytesMax how long the file may be; where it would be longer, it shows less
   * @return a JPEG, or a PNG where something of the picture is transparent
   * @throws Refusal when it is no picture that can be read, or too large a one
   */
  static Bytes of(Bytes upload, int bytesMax) {
    PictureFile file = new PictureFile(upload);
    BufferedImage whole =
        file.decoded((width, height) -> new Rectangle(width, height), DECODED_SIDE_PIXELS_MAX);
    BufferedImage picture = file.orientation().upright(Drawing.scaled(whole, SIDE_PIXELS_MAX));
    boolean transparent = Drawing.isTransparent(picture);
    while (true) {
      Bytes drawn = transparent ? Drawing.png(picture) : jpeg(picture, bytesMax);
      int side = Drawing.longerSide(picture);
      if (drawn.length() <= bytesMax || side == 1) {
        return drawn;
      }
      picture = Drawing.scaled(picture, Math.max(1, side * 3 / 4));
    }
  }

  /** In the best quality that is short enough, else the shortest. */
  private static Bytes jpeg(BufferedImage picture, int bytesMax) {
    Bytes drawn = Bytes.EMPTY;
    for (float quality : JPEG_QUALITIES) {
      drawn = Drawing.jpeg(picture, quality);
      if (drawn.length() <= bytesMax) {
        break;
      }
    }
    return drawn;
  }
}
