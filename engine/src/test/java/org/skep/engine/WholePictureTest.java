package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Bytes;

/** What becomes of a picture that somebody puts into a post. */
@Timeout(120)
class WholePictureTest {
  private static Bytes drawn(Bytes upload) {
    return WholePicture.of(upload, Pictures.KEPT_BYTES_MAX);
  }

  private static BufferedImage shown(Bytes file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file.toArray()));
  }

  private static PictureFormat format(Bytes file) {
    return PictureFormat.of(file).orElseThrow();
  }

  private static String refused(Bytes file) {
    return String.valueOf(assertThrows(Refusal.class, () -> drawn(file)).getMessage());
  }

  private static String size(BufferedImage image) {
    return image.getWidth() + "x" + image.getHeight();
  }

  private static Bytes noise(int side, int type, String format) {
    BufferedImage image = new BufferedImage(side, side, type);
    Random random = new Random(7);
    for (int y = 0; y < side; y++) {
      image.setRGB(0, y, side, 1, random.ints(side).toArray(), 0, side);
    }
    return TestPictures.file(image, format);
  }

  @Test
  void allOfALargePictureIsShownSmaller() throws IOException {
    BufferedImage picture = shown(drawn(TestPictures.photo(3_000, 1_000)));

    assertEquals("2048x683", size(picture));
    Color left = new Color(picture.getRGB(10, 340));
    Color right = new Color(picture.getRGB(2_040, 340));
    assertTrue(left.getRed() > 200 && left.getBlue() < 50, () -> "left is " + left);
    assertTrue(right.getBlue() > 200 && right.getRed() < 50, () -> "right is " + right);
    assertEquals("683x2048", size(shown(drawn(TestPictures.photo(1_000, 3_000)))));
  }

  @Test
  void aSmallPictureIsNotBlownUpAndALineStaysALine() throws IOException {
    assertEquals("40x90", size(shown(drawn(TestPictures.photo(40, 90)))));
    assertEquals("1x1", size(shown(drawn(TestPictures.photo(1, 1)))));
    assertEquals("2048x1", size(shown(drawn(TestPictures.photo(9_000, 1)))));
  }

  @Test
  void transparencyIsKeptAndOnlyThenIsItAPng() throws IOException {
    BufferedImage clear = new BufferedImage(600, 300, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = clear.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 300, 300);
    graphics.dispose();

    Bytes file = drawn(TestPictures.file(clear, "png"));

    assertEquals(PictureFormat.PNG, format(file));
    assertEquals("600x300", size(shown(file)));
    assertEquals(0xffff0000, shown(file).getRGB(100, 100));
    assertEquals(0, shown(file).getRGB(400, 100) >>> 24);
    BufferedImage full = TestPictures.stripes(600, 300, BufferedImage.TYPE_INT_ARGB);
    assertEquals(PictureFormat.JPEG, format(drawn(TestPictures.file(full, "png"))));
  }

  @Test
  void nothingOfACamerasNotesStays() throws IOException {
    Bytes notes = Bytes.ofUtf8("Exif\0\0 41.1579 N 8.6291 W by a secret camera");
    Bytes photo = TestPictures.withSegment(TestPictures.photo(700, 500), 0xe1, notes);
    Bytes plain = TestPictures.png(10, 10);
    Bytes noted =
        Bytes.concat(
            plain.slice(0, 33),
            TestPictures.chunk("eXIf", notes.toArray()),
            TestPictures.chunk("tEXt", notes.toArray()),
            plain.slice(33, plain.length()));
    for (Bytes upload : List.of(photo, noted)) {
      assertTrue(text(upload).contains("secret camera"));
      assertFalse(text(drawn(upload)).contains("secret camera"));
      assertFalse(text(drawn(upload)).contains("xif"));
    }
  }

  private static String text(Bytes file) {
    return new String(file.toArray(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aPictureIsTurnedTheWayTheCameraWasHeld() throws IOException {
    BufferedImage held = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = held.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 60, 60);
    graphics.dispose();
    Bytes file = TestPictures.file(held, "jpeg");
    // Where the red corner is to be seen, by Exif 2.32, table 6.
    List<String> corners =
        List.of(
            "200x100 at 20,20",
            "200x100 at 180,20",
            "200x100 at 180,80",
            "200x100 at 20,80",
            "100x200 at 20,20",
            "100x200 at 80,20",
            "100x200 at 80,180",
            "100x200 at 20,180");
    for (int number = 1; number <= 8; number++) {
      Bytes photo = TestPictures.withSegment(file, 0xe1, TestPictures.exif(number, true));
      assertEquals(corners.get(number - 1), redCorner(shown(drawn(photo))));
    }
  }

  private static String redCorner(BufferedImage image) {
    String where = "nowhere";
    for (int x : List.of(20, image.getWidth() - 20)) {
      for (int y : List.of(20, image.getHeight() - 20)) {
        if (new Color(image.getRGB(x, y)).getRed() > 200) {
          where = x + "," + y;
        }
      }
    }
    return size(image) + " at " + where;
  }

  @Test
  void aPictureThatWouldBeTooLongShowsLessOrIsSmaller() throws IOException {
    Bytes opaque = noise(400, BufferedImage.TYPE_INT_RGB, "png");
    Bytes clear = noise(400, BufferedImage.TYPE_INT_ARGB, "png");
    Bytes best = drawn(opaque);

    Bytes poorer = WholePicture.of(opaque, best.length() - 1);
    assertTrue(poorer.length() < best.length());
    assertEquals("400x400", size(shown(poorer)));
    for (Bytes upload : List.of(opaque, clear)) {
      for (int bytesMax : List.of(100_000, 20_000, 2_000)) {
        assertTrue(WholePicture.of(upload, bytesMax).length() <= bytesMax);
      }
    }
    assertEquals(PictureFormat.PNG, format(WholePicture.of(clear, 20_000)));
  }

  @Test
  void whatIsNoPictureOrBreaksOffIsRefusedInWords() {
    assertTrue(refused(Bytes.EMPTY).contains("no picture"));
    assertTrue(refused(Bytes.ofUtf8("<svg onload='x'/>")).contains("no picture"));
    assertTrue(refused(Bytes.ofUtf8("RIFF....WEBPVP8 ")).contains("PNG, JPEG and GIF"));
    BufferedImage image = TestPictures.stripes(300, 200, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("png", "jpeg", "gif")) {
      Bytes whole = TestPictures.file(image, name);
      assertEquals(PictureFormat.JPEG, format(drawn(whole)));
      refused(whole.slice(0, whole.length() / 2));
    }
  }

  @Test
  void aFewBytesThatStandForAHugePictureAreRefusedBeforeTheyAreDecoded() {
    for (int[] size : List.of(new int[] {20_000, 20_000}, new int[] {30_001, 1})) {
      assertTrue(refused(TestPictures.png(size[0], size[1], 1)).contains("40 million pixels"));
    }
  }

  @Test
  void whatWouldTakeTooMuchMemoryIsReadInFewerPixels() throws IOException {
    Bytes deep = TestPictures.png(4_000, 2_200, 2_200, TestPictures.Pixel.DEEP);

    assertEquals("2000x1100", size(shown(drawn(deep))));
  }
}
