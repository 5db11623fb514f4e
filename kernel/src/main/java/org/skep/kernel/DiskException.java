package org.skep.kernel;

/**
 * The disk takes nothing just now: it is full, can only be read, or fails to write. Nothing that
 * was kept before is lost, reading may go on, and the same may be tried again later. The message is
 * a part of a sentence for the owner, as {@code the disk is full}.
 */
public final class DiskException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DiskException(String message, Throwable cause) {
    super(message, cause);
  }
}
