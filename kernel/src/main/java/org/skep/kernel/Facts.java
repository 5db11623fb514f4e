package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/**
 * What is known, kept byte for byte as it came. Every method runs inside the caller's transaction.
 */
public interface Facts {
  /**
   * Keeps a fact that is not kept yet, and gives it its numbers. News gets a {@code localId} above
   * all that were given before.
   *
   * @param shown the time to show it under, and whether it is news
   */
  Fact keep(Tx tx, NewFact content, Shown shown, String origin);

  /**
   * @param effectiveMillis see {@link Fact}
   * @param receivedMillis see {@link Fact}
   * @param news see {@link Fact}
   */
  record Shown(long effectiveMillis, long receivedMillis, boolean news) {}

  boolean has(Tx tx, Ref id);

  /** What stands after a position, in order of commit, damaged records as such among it. */
  List<Kept> after(Tx tx, long localSeq, int max);

  /**
   * The fact at a position; empty when it was let go of.
   *
   * @throws RecordException when it is damaged
   */
  Optional<Fact> at(Tx tx, long localSeq);

  /** The greatest {@code localSeq} given; 0 when there is none. */
  long lastSeq(Tx tx);

  /**
   * Keeps the key that opens a sealed fact for one account, so that views can be rebuilt without
   * the vault. A key that is kept already stays.
   *
   * @return whether the account had none
   */
  boolean keepContentKey(Tx tx, AccountId account, long localSeq, Bytes key);

  /** The kept keys, whichever of our accounts hold them, each once; the first account's first. */
  List<Bytes> contentKeys(Tx tx, long localSeq);
}
