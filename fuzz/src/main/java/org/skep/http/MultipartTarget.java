package org.skep.http;

import java.util.List;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/** Forms with files; the first line of the input is the content type, what follows the body. */
public final class MultipartTarget implements Target {
  @Override
  public String name() {
    return "multipart";
  }

  @Override
  public List<Bytes> seeds() {
    String type = "multipart/form-data; boundary=b\n";
    return Stream.of(
            type
                + "--b\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nhello\r\n--b--\r\n",
            type
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n\u0000\u0001\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"x\"; filename*=UTF-8''e%CC%81\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--",
            type + "--b--\r\n",
            "multipart/form-data; boundary=\"b; c\"\n--b; c--",
            "multipart/form-data\n--b--")
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public void read(Bytes input) {
    byte[] all = input.toArray();
    int line = 0;
    while (line < all.length && all[line] != '\n') {
      line++;
    }
    String type = input.slice(0, line).utf8();
    Bytes body = input.slice(Math.min(line + 1, all.length), all.length);
    if (!MultipartForm.is(type)) {
      return;
    }
    try {
      List<HttpPart> parts = MultipartForm.read(type, body);
      Must.hold(parts.size() <= MultipartForm.PARTS_MAX, "parts are bounded");
      Must.hold(
          parts.stream().mapToLong(part -> part.content().length()).sum() <= body.length(),
          "a form holds no more than was sent");
    } catch (HttpProblem refused) {
      Must.equal(400, refused.status(), "what is no form is refused");
    }
  }
}
