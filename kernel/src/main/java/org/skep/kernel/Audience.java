package org.skep.kernel;

/** Who can read something. */
public enum Audience {
  /** Anybody, for ever. */
  ANYBODY,
  /** Those it is written to, and the author. */
  READERS,
  /** Only the person herself, on her own computers. */
  MYSELF
}
