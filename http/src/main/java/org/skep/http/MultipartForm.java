package org.skep.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/**
 * Reads a form with files (RFC 7578) that has arrived whole. Its length is bounded by its route;
 * the number of parts and the length of their headers are bounded here. Nothing touches the disk.
 */
final class MultipartForm {
  static final int PARTS_MAX = 64;
  static final int PART_HEADERS_BYTES_MAX = 4 * 1024;

  /** What the parser came to; nothing when the bytes are no form. */
  private static final class Outcome implements Promise.Invocable<MultiPartFormData.Parts> {
    private volatile Optional<MultiPartFormData.Parts> parts = Optional.empty();

    @Override
    public void succeeded(MultiPartFormData.Parts read) {
      parts = Optional.of(read);
    }

    @Override
    public void failed(Throwable reason) {
      parts = Optional.empty();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  private MultipartForm() {}

  static boolean is(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * @throws HttpProblem 400 when it is no such form, or one with too many parts
   */
  static List<HttpPart> read(String contentType, Bytes body) {
    try (MultiPartFormData.Parts parts =
        parsed(contentType, body).orElseThrow(MultipartForm::unreadable)) {
      List<HttpPart> copied = new ArrayList<>();
      for (MultiPart.Part part : parts) {
        copied.add(copy(part));
      }
      return List.copyOf(copied);
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private static Optional<MultiPartFormData.Parts> parsed(String contentType, Bytes body) {
    Outcome outcome = new Outcome();
    try {
      String boundary = MultiPart.extractBoundary(contentType);
      if (boundary == null || boundary.isEmpty()) {
        return Optional.empty();
      }
      MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
      parser.setMaxParts(PARTS_MAX);
      parser.setPartHeadersMaxLength(PART_HEADERS_BYTES_MAX);
      parser.setMaxMemoryFileSize(-1);
      // All of it is here, so that the parser is done when this returns.
      parser.parse(Content.Source.from(ByteBuffer.wrap(body.toArray())), outcome);
    } catch (RuntimeException e) {
      // Whatever the parser meets in foreign bytes, they are no form.
      return Optional.empty();
    }
    return outcome.parts;
  }

  private static HttpPart copy(MultiPart.Part part) throws IOException {
    String name = part.getName();
    if (name == null) {
      throw unreadable();
    }
    ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return new HttpPart(name, part.getFileName() != null, Bytes.wrap(bytes));
  }

  private static HttpProblem unreadable() {
    return new HttpProblem(400, "This form can't be read.");
  }
}
