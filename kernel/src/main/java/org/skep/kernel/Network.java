package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/** One system that this program takes part in. Any thread. */
public interface Network {
  NetworkId id();

  /**
   * Checks bytes by the network's own rules: shape, limits, signature. Pure, and bounded in time
   * and memory by the length of the bytes.
   */
  Checked check(Bytes raw);

  /** The same of an item that the network's own protocol may have read already. */
  default Checked check(RawItem item) {
    return check(item.bytes());
  }

  /**
   * What a kept fact says. Pure: the same fact and key always give the same events. What can't be
   * understood, or is sealed and has no key, gives none.
   */
  List<DomainEvent> interpret(Fact fact, Optional<Bytes> contentKey);

  /**
   * What tries an account's key on facts that are {@link DomainEvent.Sealed}.
   *
   * @return empty when the account has no key on this network, or nothing is sealed there
   */
  Optional<Opener> opener(Tx tx, AccountId account);

  /** An account's key, to be tried. Any thread, outside transactions too. */
  @FunctionalInterface
  interface Opener {
    /**
     * The key that opens the fact from now on, as {@link #interpret} takes it.
     *
     * @return empty when it was sealed for others
     */
    Optional<Bytes> contentKey(Fact fact);
  }

  /**
   * Writes an intent as a record of this network, signed for the account and standing at the end of
   * its log as the transaction sees it. Keeps nothing: the engine does.
   *
   * @param operation the own-log operation this is a face of
   */
  Authored author(Tx tx, AccountId account, Intent intent, Ref operation);

  /**
   * Gives a new account its identity on this network.
   *
   * @param secret an identity brought along, in the network's own file format; empty to make one
   * @throws IllegalArgumentException when the secret can't be used, in words for the owner
   */
  Ref createIdentity(Tx tx, AccountId account, Optional<String> secret);

  /**
   * Why the network itself has nothing written for the account for now, in plain sentences; empty
   * when it has. An identity that was brought along rests: entries of hers that are not here yet
   * may exist elsewhere, and a second one at a place of a log can spoil the log for ever. Whoever
   * asks for {@link #author} knows what else speaks against it.
   */
  Optional<String> resting(Tx tx, AccountId account);

  /** Lets an identity that rests write again, because its owner has seen that all of it is here. */
  void resume(Tx tx, AccountId account);

  /**
   * Reads what people type or paste to name somebody.
   *
   * @return empty when this network doesn't know the form
   */
  Optional<Ref> parsePerson(String typed);
}
