package org.skep.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;

/** Takes in pictures: what is kept was drawn anew here. Any thread. */
public final class Pictures {
  public static final int UPLOAD_BYTES_MAX = 8 << 20;

  /** Width times height, as the file says. */
  public static final long UPLOAD_PIXELS_MAX = PictureFile.PIXELS_MAX;

  /** What other programs of Scuttlebutt fetch at most. */
  public static final int KEPT_BYTES_MAX = 5 << 20;

  private final Blobs blobs;

  /** One at a time: a large picture takes many megabytes while it is drawn. */
  private final ReentrantLock drawing = new ReentrantLock();

  Pictures(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * Draws a picture anew, as a square of at most 512 pixels a side, and keeps it: nothing of the
   * file but what is seen, so no place, camera or time.
   *
   * @param upload a PNG, JPEG or GIF file
   * @return to be closed when the picture has been pinned
   * @throws Refusal when it can't be a picture, in words
   */
  public Blobs.Lease take(Bytes upload) {
    return kept(drawn(upload, SquarePicture::of));
  }

  /** A picture that was taken in; to be closed when it has been pinned, or is not wanted. */
  public record Taken(Blobs.Lease lease, PictureHead head) implements AutoCloseable {
    @Override
    public void close() {
      lease.close();
    }
  }

  /**
   * Draws a picture for a post anew, all of it and at most 2,048 pixels a side, and keeps it:
   * nothing of the file but what is seen, so no place, camera or time.
   *
   * @param upload a PNG, JPEG or GIF file; of one that moves the first picture
   * @throws Refusal when it can't be a picture, in words
   */
  public Taken takeWhole(Bytes upload) {
    Bytes picture = drawn(upload, file -> WholePicture.of(file, KEPT_BYTES_MAX));
    return new Taken(kept(picture), PictureHead.of(picture).orElseThrow());
  }

  private Bytes drawn(Bytes upload, UnaryOperator<Bytes> drawer) {
    if (upload.length() > UPLOAD_BYTES_MAX) {
      throw new Refusal("this picture is too large: at most 8 megabytes");
    }
    drawing.lock();
    try {
      return drawer.apply(upload);
    } finally {
      drawing.unlock();
    }
  }

  private Blobs.Lease kept(Bytes picture) {
    try {
      return blobs.put(new ByteArrayInputStream(picture.toArray()), KEPT_BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("what was drawn here is never so long", e);
    }
  }
}
