package org.skep.networks.scuttlebutt.replication;

/**
 * What one side says of one feed: how far it has it, and whether it wants to be sent more.
 *
 * @param sequence the last entry it has, 0 for none; {@link #UNWANTED} when it will not have the
 *     feed at all
 * @param receive whether new entries shall be sent without asking again
 */
record Note(long sequence, boolean receive) {
  static final long UNWANTED = -1;

  /** The greatest sequence number whose note JavaScript's 32-bit shift leaves whole. */
  static final long SEQUENCE_MAX = (1L << 30) - 1;

  static final Note NONE = new Note(UNWANTED, false);

  Note {
    if (sequence < UNWANTED || sequence > SEQUENCE_MAX) {
      throw new IllegalArgumentException("a note can't speak of entry " + sequence);
    }
  }

  /** {@code -1}, or the sequence number shifted by one bit that is 0 for "send me more". */
  long encoded() {
    return sequence == UNWANTED ? -1 : (sequence << 1) | (receive ? 0 : 1);
  }

  /** Anything that is no note stands for {@link #NONE}, as it does in JavaScript. */
  static Note decode(double encoded) {
    boolean whole = encoded == Math.rint(encoded);
    if (!whole || encoded < 0 || encoded > (SEQUENCE_MAX << 1 | 1)) {
      return NONE;
    }
    long value = (long) encoded;
    return new Note(value >> 1, (value & 1) == 0);
  }

  boolean wanted() {
    return sequence != UNWANTED;
  }
}
