package org.skep.kernel;

/** Who can read something. */
public enum Audience {
  /** Anybody, for ever. */
  ANYBODY,
  /** Only the person herself, on her own computers. */
  MYSELF
}
