package org.skep.kernel;

import java.util.Optional;

/**
 * The part of a network that holds connections to other computers, dialled by an address somebody
 * was given. Any thread.
 */
public interface Dialer {
  NetworkId network();

  /**
   * Remembers the address and keeps trying it, also after a restart.
   *
   * @return what happens now, in words
   * @throws IllegalArgumentException when it is no address of this network, in words
   */
  String connect(AccountId account, String address);

  /** How it goes for one account, in plain words. */
  NetworkStatus status(AccountId account);

  /**
   * Whether nobody is there from whom anything could come, so that {@link #fetching} has nothing to
   * tell of anybody; costs next to nothing.
   */
  boolean rests();

  /**
   * Has somebody told when it may rest, or rest no more.
   *
   * @param told does next to nothing itself; takes the place of whoever was told before
   */
  void whenSomebodyComesOrGoes(Runnable told);

  /**
   * How far the fetching of what the account wants is, by what others say that they have; empty
   * where nothing much is known to be missing.
   */
  Optional<Progress> fetching(AccountId account);
}
