package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/** Whatever arrives as a form with files is read, or refused as the sender's fault. */
class MultipartFormPropertiesTest {
  private static final String TYPE = "multipart/form-data; boundary=b-1";

  @Property
  void foreignBytesAreAFormOrRefused(@ForAll byte[] body, @ForAll("types") String type) {
    assertReadOrRefused(type, Bytes.copyOf(body));
  }

  @Property
  void piecesOfFormsAreAFormOrRefused(@ForAll("pieces") List<String> pieces) {
    assertReadOrRefused(TYPE, Bytes.ofUtf8(String.join("", pieces)));
  }

  private static void assertReadOrRefused(String type, Bytes body) {
    try {
      List<HttpPart> parts = MultipartForm.read(type, body);
      int total = parts.stream().mapToInt(part -> part.content().length()).sum();
      assertEquals(true, total <= body.length() && parts.size() <= MultipartForm.PARTS_MAX);
    } catch (HttpProblem refused) {
      assertEquals(400, refused.status());
    }
  }

  @Property
  void whatIsSentIsWhatIsRead(@ForAll("parts") List<HttpPart> parts) {
    List<Bytes> body = new ArrayList<>();
    for (HttpPart part : parts) {
      String file = part.file() ? "; filename=\"f\"" : "";
      body.add(
          Bytes.ofUtf8(
              "--b-1\r\nContent-Disposition: form-data; name=\""
                  + part.name()
                  + "\""
                  + file
                  + "\r\n\r\n"));
      body.add(part.content());
      body.add(Bytes.ofUtf8("\r\n"));
    }
    body.add(Bytes.ofUtf8("--b-1--\r\n"));

    assertEquals(parts, MultipartForm.read(TYPE, Bytes.concat(body.toArray(Bytes[]::new))));
  }

  @Provide
  Arbitrary<List<HttpPart>> parts() {
    Arbitrary<Bytes> contents =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(2_000)
            .map(Bytes::copyOf)
            // A sender chooses a boundary that does not occur.
            .filter(content -> !content.hex().contains(Bytes.ofUtf8("\r\n--b-1").hex()));
    return Combinators.combine(
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20),
            Arbitraries.of(true, false),
            contents)
        .as(HttpPart::new)
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.oneOf(
        Arbitraries.of(TYPE, "multipart/form-data", "multipart/form-data; boundary=\"", "x"),
        Arbitraries.strings().ofMaxLength(90).map(text -> "multipart/form-data; boundary=" + text));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "--b-1",
            "--b-1--",
            "--",
            "\r\n",
            "\n",
            "\r",
            "Content-Disposition: form-data; name=\"a\"",
            "; filename=\"x\"",
            "; filename*=UTF-8''%zz",
            "Content-Disposition: attachment",
            "Content-Transfer-Encoding: base64",
            "Content-Type: text/plain; charset=nonsense",
            "name=\"_charset_\"",
            ": ",
            "\0",
            "words")
        .list()
        .ofMaxSize(30);
  }
}
