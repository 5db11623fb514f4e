package org.skep.engine;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.skep.kernel.Bytes;

/**
 * Makes a small square of any picture: its middle, scaled down and written anew, so that nothing
 * else of the file goes along. Any thread.
 */
final class SquarePicture {
  static final int SIDE_PIXELS_MAX = 512;

  /** Only so much is decoded: rows and columns between are left out. */
  private static final int DECODED_SIDE_PIXELS_MAX = 4 * SIDE_PIXELS_MAX;

  private static final float JPEG_QUALITY = 0.85f;

  private SquarePicture() {}

  /**
   * @return a JPEG, or a PNG where something of the picture is transparent
   * @throws Refusal when it is no picture that can be read, or too large a one
   */
  static Bytes of(Bytes upload) {
    PictureFile file = new PictureFile(upload);
    BufferedImage middle = file.decoded(SquarePicture::middle, DECODED_SIDE_PIXELS_MAX);
    BufferedImage square = file.orientation().upright(Drawing.scaled(middle, SIDE_PIXELS_MAX));
    return Drawing.isTransparent(square) ? Drawing.png(square) : Drawing.jpeg(square, JPEG_QUALITY);
  }

  private static Rectangle middle(int width, int height) {
    int side = Math.min(width, height);
    return new Rectangle((width - side) / 2, (height - side) / 2, side, side);
  }
}
