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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Bytes;

/** What becomes of a picture that somebody uploads. */
@Timeout(120)
class SquarePictureTest {
  private static BufferedImage shown(Bytes file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file.toArray()));
  }

  private static PictureFormat format(Bytes file) {
    return PictureFormat.of(file).orElseThrow();
  }

  private static String refused(Bytes file) {
    return String.valueOf(assertThrows(Refusal.class, () -> SquarePicture.of(file)).getMessage());
  }

  private static void assertNear(Color expected, int rgb) {
    Color actual = new Color(rgb);
    int distance =
        Math.abs(expected.getRed() - actual.getRed())
            + Math.abs(expected.getGreen() - actual.getGreen())
            + Math.abs(expected.getBlue() - actual.getBlue());
    assertTrue(distance < 60, () -> expected + " was " + actual);
  }

  @Test
  void theMiddleOfALargePictureBecomesASmallSquare() throws IOException {
    Bytes file = SquarePicture.of(TestPictures.photo(3_000, 1_000));

    BufferedImage square = shown(file);
    assertEquals(PictureFormat.JPEG, format(file));
    assertEquals(512, square.getWidth());
    assertEquals(512, square.getHeight());
    // The red and the blue third are cut off.
    assertNear(Color.GREEN, square.getRGB(10, 5));
    assertNear(Color.YELLOW, square.getRGB(500, 506));
  }

  @Test
  void aSmallPictureIsNotBlownUp() throws IOException {
    assertEquals(1, shown(SquarePicture.of(TestPictures.photo(1, 1))).getWidth());
    BufferedImage square = shown(SquarePicture.of(TestPictures.photo(40, 90)));
    assertEquals(40, square.getWidth());
    assertEquals(40, square.getHeight());
  }

  @Test
  void transparencyIsKeptAndOnlyThenIsItAPng() throws IOException {
    BufferedImage clear = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = clear.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 300, 600);
    graphics.dispose();

    Bytes file = SquarePicture.of(TestPictures.file(clear, "png"));

    assertEquals(PictureFormat.PNG, format(file));
    assertEquals(0xffff0000, shown(file).getRGB(100, 100));
    assertEquals(0, shown(file).getRGB(400, 100) >>> 24);
    BufferedImage full = TestPictures.stripes(600, 600, BufferedImage.TYPE_INT_ARGB);
    assertEquals(PictureFormat.JPEG, format(SquarePicture.of(TestPictures.file(full, "png"))));
  }

  @Test
  void everyKindOfPixelIsRead() throws IOException {
    for (int type :
        List.of(
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_4BYTE_ABGR)) {
      for (String name : List.of("png", "gif")) {
        Bytes upload = TestPictures.file(TestPictures.stripes(90, 60, type), name);
        assertEquals(60, shown(SquarePicture.of(upload)).getWidth(), name + " " + type);
      }
    }
  }

  @Test
  void aGreyPictureStaysAsDarkAsItWas() throws IOException {
    BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 64; y++) {
        grey.getRaster().setSample(x, y, 0, 90);
      }
    }
    for (String name : List.of("png", "jpeg")) {
      BufferedImage square = shown(SquarePicture.of(TestPictures.file(grey, name)));
      assertNear(new Color(90, 90, 90), square.getRGB(30, 30));
    }
  }

  @Test
  void nothingOfACamerasNotesStays() {
    String place = "Exif\0\0 taken at 41.1579 N 8.6291 W by a secret camera";
    Bytes photo =
        TestPictures.withSegment(
            TestPictures.photo(700, 500),
            0xe1,
            Bytes.wrap(place.getBytes(StandardCharsets.ISO_8859_1)));
    assertTrue(text(photo).contains("secret camera"));

    Bytes square = SquarePicture.of(photo);

    assertFalse(text(square).contains("Exif"));
    assertFalse(text(square).contains("secret camera"));
    for (int at = 0; at + 1 < square.length(); at++) {
      // APP1 to APP15 and comments; APP0 says that it is a JPEG.
      int marker = square.get(at + 1) & 0xff;
      boolean note = (marker >= 0xe1 && marker <= 0xef) || marker == 0xfe;
      assertFalse((square.get(at) & 0xff) == 0xff && note, "a segment " + marker);
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
    graphics.fillRect(0, 0, 100, 50);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(100, 0, 100, 50);
    graphics.dispose();
    Bytes file = TestPictures.file(held, "jpeg");
    // Where the red and the blue corner are to be seen, by Exif 2.32, table 6.
    List<String> corners =
        List.of(
            "top left, top right",
            "top right, top left",
            "bottom right, bottom left",
            "bottom left, bottom right",
            "top left, bottom left",
            "top right, bottom right",
            "bottom right, top right",
            "bottom left, top left");
    for (int number = 1; number <= 8; number++) {
      for (boolean bigEndian : List.of(true, false)) {
        Bytes photo = TestPictures.withSegment(file, 0xe1, TestPictures.exif(number, bigEndian));
        BufferedImage seen = shown(SquarePicture.of(photo));
        assertEquals(
            corners.get(number - 1), corner(seen, Color.RED) + ", " + corner(seen, Color.BLUE));
      }
    }
  }

  private static String corner(BufferedImage image, Color colour) {
    for (String down : List.of("top", "bottom")) {
      for (String across : List.of("left", "right")) {
        int rgb = image.getRGB(across.equals("left") ? 20 : 80, down.equals("top") ? 20 : 80);
        Color actual = new Color(rgb);
        if (Math.abs(actual.getRed() - colour.getRed()) < 60
            && Math.abs(actual.getBlue() - colour.getBlue()) < 60) {
          return down + " " + across;
        }
      }
    }
    return "nowhere";
  }

  @Test
  void notesThatAreMalformedSayNothing() throws IOException {
    Bytes photo = TestPictures.photo(40, 40);
    Bytes good = TestPictures.exif(6, true);
    for (int length = 0; length < good.length(); length++) {
      Bytes cut = TestPictures.withSegment(photo, 0xe1, good.slice(0, length));
      assertEquals(40, shown(SquarePicture.of(cut)).getWidth());
    }
    byte[] far = good.toArray();
    far[10] = (byte) 0xff;
    assertEquals(
        JpegOrientation.UPRIGHT,
        JpegOrientation.of(TestPictures.withSegment(photo, 0xe1, Bytes.wrap(far))));
    assertEquals(
        JpegOrientation.UPRIGHT,
        JpegOrientation.of(TestPictures.withSegment(photo, 0xe1, TestPictures.exif(9, true))));
  }

  @Test
  void aFileThatBreaksOffIsRefused() {
    BufferedImage image = TestPictures.stripes(300, 200, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("png", "jpeg", "gif")) {
      Bytes whole = TestPictures.file(image, name);
      for (int part = 0; part < 10; part++) {
        Bytes broken = whole.slice(0, whole.length() * part / 10);
        assertThrows(Refusal.class, () -> SquarePicture.of(broken), name + " " + part);
      }
    }
  }

  @Test
  void whatIsNoPictureIsRefusedInWords() {
    assertTrue(refused(Bytes.EMPTY).contains("no picture"));
    assertTrue(refused(Bytes.ofUtf8("<svg onload='x'/>")).contains("no picture"));
    assertTrue(refused(Bytes.ofUtf8("RIFF....WEBPVP8 ")).contains("PNG, JPEG and GIF"));
    assertTrue(refused(Bytes.ofUtf8("....ftypavif....")).contains("PNG, JPEG and GIF"));
  }

  @Test
  void aFewBytesThatStandForAHugePictureAreRefusedBeforeTheyAreDecoded() throws IOException {
    for (int[] size : List.of(new int[] {20_000, 20_000}, new int[] {30_001, 1})) {
      assertTrue(refused(TestPictures.png(size[0], size[1], 1)).contains("40 million pixels"));
    }
  }

  @Test
  void manyPixelsWithinTheBoundAreRead() throws IOException {
    assertEquals(512, shown(SquarePicture.of(TestPictures.png(8_000, 5_000))).getWidth());
  }

  @Test
  void textsInAPictureAreNotUnpackedBecauseTheyMayStandForGigabytes() throws IOException {
    byte[] notPacked =
        "Comment\0\0 nothing that could be unpacked".getBytes(StandardCharsets.UTF_8);
    Bytes plain = TestPictures.png(10, 10);
    // Behind the header, which has 8 + 25 bytes.
    Bytes noted =
        Bytes.concat(
            plain.slice(0, 33),
            TestPictures.chunk("zTXt", notPacked),
            plain.slice(33, plain.length()));

    assertEquals(10, shown(SquarePicture.of(noted)).getWidth());
  }

  @Test
  void aPictureThatIsDrawnOverAndOverIsRefused() {
    Bytes photo = TestPictures.photo(20, 20);
    Bytes scan = Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0});
    Bytes[] parts = new Bytes[PictureFile.SCANS_MAX + 3];
    parts[0] = photo.slice(0, photo.length() - 2);
    java.util.Arrays.fill(parts, 1, parts.length - 1, scan);
    parts[parts.length - 1] = photo.slice(photo.length() - 2, photo.length());

    assertTrue(refused(Bytes.concat(parts)).contains("too long"));
  }
}
