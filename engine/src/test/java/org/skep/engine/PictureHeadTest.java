package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

/** What is told of a picture without decoding it. */
class PictureHeadTest {
  private static String told(Bytes file) {
    return PictureHead.of(file)
        .map(head ->
            head.format()
                + head.size().map(size -> " " + size.width() + "x" + size.height()).orElse(""))
        .orElse("no picture");
  }

  @Test
  void aPictureTellsItsFormatAndSize() {
    BufferedImage image = TestPictures.stripes(300, 200, BufferedImage.TYPE_INT_RGB);
    assertEquals("PNG 300x200", told(TestPictures.file(image, "png")));
    assertEquals("GIF 300x200", told(TestPictures.file(image, "gif")));
    assertEquals("JPEG 300x200", told(TestPictures.file(image, "jpeg")));
    assertEquals("WEBP", told(Bytes.ofUtf8("RIFF....WEBPVP8 ")));
    assertEquals("WEBP 300x200", told(webp("VP8X", "00000000" + "2b0100" + "c70000")));
    assertEquals("WEBP 300x200", told(webp("VP8 ", "000000" + "9d012a" + "2c01" + "c840")));
    assertEquals("WEBP 300x200", told(webp("VP8L", "2f" + "2bc13100" + "0000000000")));
    assertEquals("AVIF 300x200", told(avif(300, 200)));
    assertEquals("AVIF 1x1", told(avif(0, 0)));
  }

  /**
   * @param chunk what its first chunk begins with, in hexadecimal digits
   */
  private static Bytes webp(String kind, String chunk) {
    return Bytes.concat(
        Bytes.ofUtf8("RIFF....WEBP" + kind + "...."), Bytes.ofHex(chunk), Bytes.ofUtf8("...."));
  }

  private static Bytes avif(int width, int height) {
    return Bytes.concat(
        Bytes.ofUtf8("....ftypavif....ispe"),
        Bytes.ofHex("00000000%08x%08x".formatted(width, height)),
        Bytes.ofUtf8("....ispe"),
        Bytes.ofHex("000000000000000100000001"));
  }

  @Test
  void whatStandsForMoreThanShouldBeDrawnIsTooLarge() {
    for (Bytes file :
        List.of(
            TestPictures.png(30_000, 30_000, 1),
            Bytes.ofHex("474946383961" + "ffffffff"),
            webp("VP8X", "00000000" + "ffffff" + "ffffff"),
            avif(30_000, 30_000))) {
      assertEquals(true, PictureHead.of(file).orElseThrow().isTooLarge(), told(file));
    }
    assertEquals(
        false, PictureHead.of(TestPictures.png(8_000, 5_000, 1)).orElseThrow().isTooLarge());
    assertEquals(false, PictureHead.of(Bytes.ofHex("89504e470d0a1a0a")).orElseThrow().isTooLarge());
  }

  @Test
  void aPictureThatIsToBeTurnedTellsTheSizeItIsSeenIn() {
    Bytes photo = TestPictures.photo(300, 200);
    assertEquals(
        "JPEG 200x300", told(TestPictures.withSegment(photo, 0xe1, TestPictures.exif(6, true))));
    assertEquals(
        "JPEG 300x200", told(TestPictures.withSegment(photo, 0xe1, TestPictures.exif(3, false))));
  }

  @Test
  void whatIsNoPictureTellsNothing() {
    for (String file : List.of("", "<svg width='1' height='1'/>", "<html>", "%PDF-1.7")) {
      assertEquals("no picture", told(Bytes.ofUtf8(file)));
    }
  }

  @Test
  void aBeginningThatIsTooShortOrEmptyTellsNoSize() {
    BufferedImage image = TestPictures.stripes(30, 20, BufferedImage.TYPE_INT_RGB);
    for (String format : List.of("png", "gif", "jpeg")) {
      Bytes whole = TestPictures.file(image, format);
      for (int length = 0; length < whole.length(); length++) {
        String told = told(whole.slice(0, length));
        assertEquals(
            true, told.equals("no picture") || told.matches("[A-Z]+( 30x20)?"), format + told);
      }
    }
    assertEquals(Optional.empty(), PictureHead.of(TestPictures.png(0, 0)).orElseThrow().size());
  }
}
