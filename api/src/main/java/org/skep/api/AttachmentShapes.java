package org.skep.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.skep.engine.PictureHead;
import org.skep.engine.PostView;
import org.skep.kernel.Attachment;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.StoreException;

/**
 * Shows pictures and files as Mastodon's MediaAttachment. What one is, its first bytes say; they
 * are read once, because a blob never changes. Any thread.
 */
final class AttachmentShapes {
  private static final int REMEMBERED_MAX = 4_096;

  /** Mastodon's ids have at most 18 digits here, as all ids. */
  private static final long ID_BELOW = 1_000_000_000_000_000_000L;

  private static final String IMAGE = "image";

  /** What clients of Mastodon show as a link. */
  private static final String UNKNOWN = "unknown";

  private final Blobs blobs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Hash, Optional<PictureHead>> heads =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Optional<PictureHead>> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  AttachmentShapes(Blobs blobs) {
    this.blobs = blobs;
  }

  /** A picture that waits for its post. */
  Shapes.MediaAttachment upload(Uploads.Upload upload, Origins origins) {
    return shape(
        upload.id(), upload.attachment(), Optional.of(upload.picture().head()), true, origins);
  }

  /** What stands with a post, in its order. */
  List<Shapes.MediaAttachment> attachments(List<PostView.Shown> shown, Origins origins) {
    return IntStream.range(0, shown.size())
        .mapToObj(place -> attachment(place, shown.get(place), origins))
        .toList();
  }

  private Shapes.MediaAttachment attachment(int place, PostView.Shown shown, Origins origins) {
    Hash blob = shown.attachment().blob();
    if (!shown.isHere()) {
      // Somebody looks: had it only made room, it is fetched again.
      blobs.missed(blob);
    }
    return shape(
        (firstDigits(blob) + place) % ID_BELOW,
        shown.attachment(),
        shown.isHere() ? head(blob) : Optional.empty(),
        shown.isHere(),
        origins);
  }

  /** The same for the same blob, whoever shows it. */
  private static long firstDigits(Hash blob) {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << Byte.SIZE | (blob.bytes().get(i) & 0xff);
    }
    return Long.remainderUnsigned(number, ID_BELOW);
  }

  private static Shapes.MediaAttachment shape(
      long id, Attachment attachment, Optional<PictureHead> head, boolean isHere, Origins origins) {
    String address = BlobCalls.address(origins, attachment.blob());
    return new Shapes.MediaAttachment(
        Long.toString(id),
        head.isPresent() ? IMAGE : UNKNOWN,
        address,
        address,
        null,
        meta(head.flatMap(PictureHead::size)),
        attachment.description(),
        null,
        new Shapes.MediaExtra(isHere, attachment.mediaType()));
  }

  private static Shapes.@Nullable MediaMeta meta(Optional<PictureHead.Size> known) {
    if (known.isEmpty()) {
      return null;
    }
    int width = known.get().width();
    int height = known.get().height();
    Shapes.MediaSize size =
        new Shapes.MediaSize(width, height, width + "x" + height, (double) width / height);
    return new Shapes.MediaMeta(size, size);
  }

  /** Whether a blob is here and can be shown as a picture. */
  boolean isPicture(Hash blob) {
    return head(blob).isPresent();
  }

  /** Empty for what is no picture, or a larger one than is shown. */
  private Optional<PictureHead> head(Hash blob) {
    lock.lock();
    try {
      Optional<PictureHead> known = heads.get(blob);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    Optional<Bytes> beginning = beginning(blob);
    Optional<PictureHead> head =
        beginning.flatMap(PictureHead::of).filter(seen -> !seen.isTooLarge());
    if (beginning.isPresent()) {
      lock.lock();
      try {
        heads.put(blob, head);
      } finally {
        lock.unlock();
      }
    }
    return head;
  }

  private Optional<Bytes> beginning(Hash blob) {
    Optional<Blobs.Lease> held = blobs.lease(blob);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    try (Blobs.Lease lease = held.get()) {
      return Optional.of(blobs.read(lease.blob().hash(), 0, PictureHead.BYTES_MAX));
    } catch (StoreException damaged) {
      // The list it stands in is shown all the same; the content site says what is wrong.
      return Optional.empty();
    }
  }
}
