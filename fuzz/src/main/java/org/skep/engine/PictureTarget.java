package org.skep.engine;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** Picture files: what their head says, and what is drawn of them. */
public final class PictureTarget implements Target {
  private static final int SIDE_PIXELS_MAX = 64;

  /** Exif, big-endian, one entry: orientation 6. */
  private static final Bytes TURNED =
      Bytes.ofHex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000");

  @Override
  public String name() {
    return "pictures";
  }

  @Override
  public List<Bytes> seeds() {
    BufferedImage picture = new BufferedImage(9, 5, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(0, 0, 4, 5);
    graphics.dispose();
    List<Bytes> seeds = new ArrayList<>();
    for (String format : List.of("png", "gif", "jpeg")) {
      seeds.add(file(picture, format));
    }
    Bytes jpeg = seeds.getLast();
    seeds.add(Bytes.concat(jpeg.slice(0, 2), TURNED, jpeg.slice(2, jpeg.length())));
    seeds.add(
        Bytes.concat(Bytes.ofHex("52494646"), Bytes.ofHex("00000000"), Bytes.ofUtf8("WEBPVP8 ")));
    seeds.add(Bytes.ofHex("000000206674797061766966"));
    seeds.add(Bytes.ofUtf8("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
    return seeds;
  }

  private static Bytes file(BufferedImage picture, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Must.hold(ImageIO.write(picture, format, out), "this Java writes " + format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  @Override
  public void read(Bytes input) {
    PictureHead.of(input)
        .flatMap(PictureHead::size)
        .ifPresent(size -> Must.hold(size.width() > 0 && size.height() > 0, "a side has pixels"));
    PictureFile file = new PictureFile(input);
    try {
      BufferedImage picture =
          file.orientation()
              .upright(
                  file.decoded((width, height) -> new Rectangle(width, height), SIDE_PIXELS_MAX));
      Must.hold(
          picture.getWidth() <= SIDE_PIXELS_MAX && picture.getHeight() <= SIDE_PIXELS_MAX,
          "no more is drawn than is asked for");
    } catch (Refusal refused) {
      Must.hold(!String.valueOf(refused.getMessage()).isEmpty(), "refused in words");
    }
  }
}
