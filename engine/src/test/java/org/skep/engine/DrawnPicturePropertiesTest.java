package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.skep.kernel.Bytes;

/** Whatever is uploaded becomes a small picture or is refused in words. */
class DrawnPicturePropertiesTest {
  private static final BufferedImage STRIPES =
      TestPictures.stripes(60, 40, BufferedImage.TYPE_INT_RGB);
  private static final List<Bytes> FILES =
      List.of(
          TestPictures.file(STRIPES, "png"),
          TestPictures.file(STRIPES, "gif"),
          TestPictures.file(STRIPES, "jpeg"),
          TestPictures.file(TestPictures.stripes(9, 9, BufferedImage.TYPE_BYTE_INDEXED), "png"));

  /** Shorter than some of the pictures at their best. */
  private static final int SHORT_BYTES = 1_000;

  @Property(tries = 600)
  void aTouchedFileIsAPictureOrRefused(@ForAll("touched") Bytes file) {
    assertPictureOrRefused(file);
  }

  @Property(tries = 300)
  void foreignBytesAreRefusedOrAPicture(@ForAll("beginnings") Bytes start, @ForAll byte[] rest) {
    assertPictureOrRefused(Bytes.concat(start, Bytes.copyOf(rest)));
  }

  @Property(tries = 300)
  void theBeginningOfAFileIsReadWhateverItSays(@ForAll("touched") Bytes file) {
    PictureHead.of(file)
        .flatMap(PictureHead::size)
        .ifPresent(size -> assertTrue(size.width() > 0 && size.height() > 0));
  }

  private static void assertPictureOrRefused(Bytes file) {
    drawn(file, SquarePicture::of, Pictures.KEPT_BYTES_MAX);
    drawn(file, whole -> WholePicture.of(whole, SHORT_BYTES), SHORT_BYTES);
  }

  private static void drawn(Bytes file, UnaryOperator<Bytes> drawer, int bytesMax) {
    try {
      Bytes drawn = drawer.apply(file);
      assertNotEquals(Optional.empty(), PictureHead.of(drawn).flatMap(PictureHead::size));
      assertTrue(drawn.length() <= bytesMax);
    } catch (Refusal refused) {
      assertTrue(String.valueOf(refused.getMessage()).contains("picture"));
    }
  }

  @Provide
  Arbitrary<Bytes> touched() {
    Arbitrary<List<Tuple2<Integer, Byte>>> touches =
        Arbitraries.integers()
            .between(0, 100_000)
            .flatMap(at -> Arbitraries.bytes().map(value -> Tuple.of(at, value)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(5);
    return Arbitraries.of(FILES).flatMap(file -> touches.map(all -> touched(file, all)));
  }

  private static Bytes touched(Bytes file, List<Tuple2<Integer, Byte>> touches) {
    byte[] bytes = file.toArray();
    touches.forEach(touch -> bytes[touch.get1() % bytes.length] = touch.get2());
    return Bytes.wrap(bytes);
  }

  @Provide
  Arbitrary<Bytes> beginnings() {
    return Arbitraries.of(FILES)
        .flatMap(file ->
            Arbitraries.integers().between(0, file.length()).map(length -> file.slice(0, length)));
  }
}
