package org.skep.kernel;

/**
 * One record is at fault, and not the database or the disk: what is kept of it is damaged, or the
 * database refuses a row that is made of it. Everything else is as well as before.
 */
public final class RecordException extends StoreException {
  private static final long serialVersionUID = 1L;

  public RecordException(String message) {
    super(message);
  }

  public RecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
