package org.skep.api;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import javax.imageio.ImageIO;
import org.skep.kernel.Bytes;

/** Forms with files, as browsers send them, and pictures to put into them. */
final class Forms {
  private static final String CUT = "--a-cut";

  private Forms() {}

  static Bytes png(int width, int height) {
    return picture(width, height, BufferedImage.TYPE_INT_ARGB, "png");
  }

  static Bytes jpeg(int width, int height) {
    return picture(width, height, BufferedImage.TYPE_INT_RGB, "jpeg");
  }

  private static Bytes picture(int width, int height, int type, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, type), format, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  static Bytes text(String name, String value) {
    return Bytes.ofUtf8(
        CUT + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
  }

  /** Whatever it is, it claims to be something else. */
  static Bytes file(String name, Bytes content) {
    String head =
        CUT + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"me.svg\"\r\n";
    return Bytes.concat(
        Bytes.ofUtf8(head + "Content-Type: image/svg+xml\r\n\r\n"), content, Bytes.ofUtf8("\r\n"));
  }

  static HttpRequest.Builder sent(HttpRequest.Builder request, String method, Bytes... parts) {
    Bytes body = Bytes.concat(Bytes.concat(parts), Bytes.ofUtf8(CUT + "--\r\n"));
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + CUT.substring(2))
        .method(method, BodyPublishers.ofByteArray(body.toArray()));
  }
}
