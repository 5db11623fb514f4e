package org.skep.kernel;

/** A network whose other computers are dialled by an address somebody was given. Any thread. */
public interface Dialer {
  /**
   * Remembers the address and keeps trying it, also after a restart.
   *
   * @return what happens now, in words
   * @throws IllegalArgumentException when it is no address of this network, in words
   */
  String connect(AccountId account, String address);
}
