package org.skep.kernel;

import java.util.Set;

/** What an account lets others do, and what it wants to have. */
public interface Policy {
  /** What somebody would do. */
  enum Deed {
    /** Open a connection to the account. */
    CONNECT,
    /** Be given the account's own and its friends' entries. */
    RECEIVE
  }

  /** The answer. */
  sealed interface Decision {
    record Allowed() implements Decision {}

    /**
     * @param reason one plain sentence
     */
    record Refused(String reason) implements Decision {}
  }

  Decision may(Tx tx, AccountId account, Ref who, Deed deed);

  /**
   * The authors on one network whose logs the account wants, the nearest first: its own, those it
   * follows, and as far as it chose those whom they follow.
   */
  Set<Ref> wanted(Tx tx, AccountId account, NetworkId network);

  /** Whether the account wants one author's log: {@link #wanted} for a single question. */
  boolean isWanted(Tx tx, AccountId account, Ref author);

  /**
   * The authors who say in public that they block somebody: what they write is not given to her.
   */
  Set<Ref> blockersOf(Tx tx, Ref who);
}
