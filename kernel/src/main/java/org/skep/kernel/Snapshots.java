package org.skep.kernel;

/** What can be read of the database. Any thread. */
public interface Snapshots {
  /**
   * Reads from one snapshot; never waits for who writes.
   *
   * @throws StoreException when the database itself fails or is closed
   */
  <T> T read(Store.Work<T> work);
}
