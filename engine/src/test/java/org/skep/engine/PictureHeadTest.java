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
