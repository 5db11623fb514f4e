package org.skep.kernel;

/** How urgent a write is, most urgent first. A later lane never holds up an earlier one. */
public enum Lane {
  /** What the owner of this node just did. */
  OWN,
  /** Letters to one of our accounts. */
  LETTERS,
  /** What friends publish while we are connected. */
  LIVE,
  /** Somebody's long past, arriving at once. */
  BULK,
  /** Views being built anew. */
  REBUILD
}
