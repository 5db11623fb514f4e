package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/** Forms with files, and what is none. */
final class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=b";

  private static Bytes lines(String... lines) {
    return Bytes.ofUtf8(String.join("\r\n", lines));
  }

  private static List<HttpPart> read(String... lines) {
    return MultipartForm.read(TYPE, lines(lines));
  }

  private static void assertRefused(String type, Bytes body) {
    HttpProblem problem =
        assertThrows(HttpProblem.class, () -> MultipartForm.read(type, body), body::utf8);
    assertEquals(400, problem.status());
  }

  @Test
  void textsAndFilesAreReadAsTheyWereSent() {
    assertEquals(
        List.of(
            new HttpPart("name", false, Bytes.ofUtf8("Ana ✓\r\n--c")),
            new HttpPart("avatar", true, Bytes.ofUtf8("\0\1\2")),
            new HttpPart("none", true, Bytes.EMPTY)),
        read(
            "--b",
            "Content-Disposition: form-data; name=\"name\"",
            "",
            "Ana ✓",
            "--c",
            "--b",
            "Content-Disposition: form-data; name=\"avatar\"; filename=\"../../me.jpg\"",
            "Content-Type: text/html",
            "",
            "\0\1\2",
            "--b",
            "Content-Disposition: form-data; name=\"none\"; filename=\"\"",
            "",
            "",
            "--b--",
            ""));
  }

  @Test
  void aFormWithoutPartsIsEmpty() {
    assertEquals(List.of(), read("--b--", ""));
  }

  @Test
  void whatIsNoFormIsRefused() {
    Bytes good = lines("--b", "Content-Disposition: form-data; name=a", "", "x", "--b--", "");
    for (String type :
        List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=" + "x".repeat(4_000),
            "multipart/form-data; boundary=other")) {
      assertRefused(type, good);
    }
    assertRefused(TYPE, lines("no form at all"));
    assertRefused(TYPE, lines("--b", "Content-Disposition: form-data; name=a", "", "cut off"));
    assertRefused(TYPE, lines("--b", "Content-Disposition: form-data", "", "x", "--b--", ""));
    assertRefused(TYPE, lines("--b", "no header", "", "x", "--b--", ""));
  }

  @Test
  void partsAndTheirHeadersAreBounded() {
    String part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
    assertEquals(
        MultipartForm.PARTS_MAX,
        MultipartForm.read(TYPE, Bytes.ofUtf8(part.repeat(MultipartForm.PARTS_MAX) + "--b--\r\n"))
            .size());
    assertRefused(TYPE, Bytes.ofUtf8(part.repeat(MultipartForm.PARTS_MAX + 1) + "--b--\r\n"));
    assertRefused(
        TYPE,
        lines(
            "--b",
            "Content-Disposition: form-data; name=a",
            "X: " + "x".repeat(MultipartForm.PART_HEADERS_BYTES_MAX),
            "",
            "x",
            "--b--",
            ""));
  }
}
