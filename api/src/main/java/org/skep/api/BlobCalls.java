package org.skep.api;

import java.util.Optional;
import org.skep.engine.PictureHead;
import org.skep.engine.Pictures;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.Site;

/**
 * Shows blobs on the content site, apart from the page. A name is the hash of what it names, so an
 * answer never changes; what a blob is, its first bytes say and nobody else.
 */
final class BlobCalls {
  private static final String PATH = "/blob/";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** As much as is taken in: answers are held in memory. */
  private static final long SHOWN_BYTES_MAX = Pictures.KEPT_BYTES_MAX;

  private final Blobs blobs;

  BlobCalls(Blobs blobs) {
    this.blobs = blobs;
  }

  void register(HttpRoutes routes) {
    routes.add(HttpRoute.get(Site.CONTENT, PATH + "{hash}", Access.OPEN, this::show));
  }

  static String address(Origins origins, Hash hash) {
    return origins.content() + PATH + hash;
  }

  private HttpAnswer show(HttpRequest request) {
    Optional<Hash> asked = Hash.ofHex(request.pathValue("hash"));
    Optional<Blobs.Lease> held = asked.flatMap(blobs::lease);
    if (held.isEmpty()) {
      asked.ifPresent(blobs::missed);
      throw new HttpProblem(404, "There is no such picture here.");
    }
    try (Blobs.Lease lease = held.get()) {
      return shown(lease.blob());
    }
  }

  private HttpResponse shown(Blobs.BlobInfo blob) {
    if (blob.lengthBytes() > SHOWN_BYTES_MAX) {
      throw new HttpProblem(404, "This is too large to be shown here.");
    }
    Bytes content = read(blob);
    HttpResponse answer =
        PictureHead.of(content)
            .filter(head -> !head.isTooLarge())
            .map(head -> HttpResponse.of(200, head.format().mediaType(), content))
            .orElseGet(() ->
                HttpResponse.of(200, "application/octet-stream", content)
                    .with("Content-Disposition", "attachment"));
    return answer.with("Cache-Control", FOR_EVER);
  }

  private Bytes read(Blobs.BlobInfo blob) {
    int length = (int) blob.lengthBytes();
    Bytes[] parts = new Bytes[Math.ceilDiv(length, Blobs.READ_BYTES_MAX)];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = blobs.read(blob.hash(), (long) i * Blobs.READ_BYTES_MAX, Blobs.READ_BYTES_MAX);
    }
    return Bytes.concat(parts);
  }
}
