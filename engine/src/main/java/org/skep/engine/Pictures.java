package org.skep.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;

/** Takes in profile pictures: what is kept was drawn anew here. Any thread. */
public final class Pictures {
  public static final int UPLOAD_BYTES_MAX = 8 << 20;

  /** What other programs of Scuttlebutt fetch at most. */
  public static final int KEPT_BYTES_MAX = 5 << 20;

  private final Blobs blobs;

  /** One at a time: a large picture takes tens of megabytes while it is drawn. */
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
    if (upload.length() > UPLOAD_BYTES_MAX) {
      throw new Refusal("this picture is too large: at most 8 megabytes");
    }
    Bytes square = drawn(upload);
    try {
      return blobs.put(new ByteArrayInputStream(square.toArray()), KEPT_BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("a square of 512 pixels is never so long", e);
    }
  }

  private Bytes drawn(Bytes upload) {
    drawing.lock();
    try {
      return SquarePicture.of(upload);
    } finally {
      drawing.unlock();
    }
  }
}
