package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/**
 * Keys, tokens and settings: neither rebuilt nor synchronised. Private keys never leave it; it
 * signs, agrees and seals for those who ask. Calls with a {@link Tx} see and change what that
 * transaction does.
 */
public interface Vault {
  /** Makes a random Ed25519 key for one purpose; a purpose has one key. */
  PublicKey createKey(Tx tx, AccountId account, String purpose);

  /**
   * Takes in a key from elsewhere.
   *
   * @param seed 32 secret bytes
   */
  PublicKey importKey(Tx tx, AccountId account, String purpose, Bytes seed);

  Optional<PublicKey> publicKey(Tx tx, AccountId account, String purpose);

  /** Ed25519, 64 bytes. */
  Bytes sign(Tx tx, AccountId account, String purpose, Bytes message);

  /**
   * X25519 of the key's Curve25519 form with the other's; empty when the other's key is of low
   * order.
   *
   * @param theirs 32 bytes
   */
  Optional<Bytes> agree(Tx tx, AccountId account, String purpose, Bytes theirs);

  /**
   * {@link #agree} for use outside of transactions, also many times and by many threads at once.
   *
   * @return empty when the account has no such key
   */
  Optional<Agreement> agreement(Tx tx, AccountId account, String purpose);

  /** Agrees with a key that stays inside. */
  interface Agreement {
    /**
     * X25519 with the other's key; empty when that is of low order.
     *
     * @param theirs 32 bytes
     */
    Optional<Bytes> with(Bytes theirs);
  }

  /**
   * Wraps 32 secret bytes under the account's own random key; {@link #unwrap} undoes it.
   *
   * @param nonce 24 bytes, fresh
   */
  Bytes wrap(Tx tx, AccountId account, Bytes nonce, Bytes secret);

  Optional<Bytes> unwrap(Tx tx, AccountId account, Bytes nonce, Bytes wrapped);

  /** A setting of one account. */
  Optional<String> setting(Tx tx, AccountId account, String name);

  void set(Tx tx, AccountId account, String name, String value);

  /** Names of all accounts, by their number. */
  List<Account> accounts(Tx tx);

  /**
   * @param name as the person wrote it
   */
  record Account(AccountId id, String name) {}
}
