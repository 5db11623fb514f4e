package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Randomness;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.SecretBox;
import org.skep.wire.crypto.X25519;

/**
 * The vault's tables. They stand in the same database as the facts, so that an account and its keys
 * come into being together; the file is its owner's alone (mode 0600).
 */
public final class SqlVault implements Vault {
  private final Randomness randomness;

  public SqlVault(Randomness randomness) {
    this.randomness = randomness;
  }

  /** Makes an account with a sealing key of its own, and nothing else. */
  AccountId createAccount(Tx tx, String name, long nowMillis) {
    return new AccountId(
        tx.number(
                "INSERT INTO account (name, seal, created_ms) VALUES (?, ?, ?) RETURNING number",
                name,
                randomness.bytes(SecretBox.KEY_BYTES),
                nowMillis)
            .orElseThrow());
  }

  @Override
  public PublicKey createKey(Tx tx, AccountId account, String purpose) {
    return importKey(tx, account, purpose, randomness.bytes(Ed25519.SEED_BYTES));
  }

  @Override
  public PublicKey importKey(Tx tx, AccountId account, String purpose, Bytes seed) {
    PublicKey key = Ed25519.publicKey(seed);
    tx.run(
        "INSERT INTO account_key (account, purpose, seed, public) VALUES (?, ?, ?, ?)",
        account.value(),
        purpose,
        seed,
        key.bytes());
    return key;
  }

  @Override
  public Optional<PublicKey> publicKey(Tx tx, AccountId account, String purpose) {
    return tx.first(
        row -> new PublicKey(row.bytes(0)),
        "SELECT public FROM account_key WHERE account = ? AND purpose = ?",
        account.value(),
        purpose);
  }

  @Override
  public Bytes sign(Tx tx, AccountId account, String purpose, Bytes message) {
    return Ed25519.sign(seed(tx, account, purpose), message);
  }

  @Override
  public Optional<Bytes> agree(Tx tx, AccountId account, String purpose, Bytes theirs) {
    return X25519.agree(Ed25519.x25519Secret(seed(tx, account, purpose)), theirs);
  }

  @Override
  public Optional<Agreement> agreement(Tx tx, AccountId account, String purpose) {
    if (publicKey(tx, account, purpose).isEmpty()) {
      return Optional.empty();
    }
    Bytes secret = Ed25519.x25519Secret(seed(tx, account, purpose));
    return Optional.of(theirs -> X25519.agree(secret, theirs));
  }

  private static Bytes seed(Tx tx, AccountId account, String purpose) {
    return tx.first(
            row -> row.bytes(0),
            "SELECT seed FROM account_key WHERE account = ? AND purpose = ?",
            account.value(),
            purpose)
        .orElseThrow(() -> new StoreException("account " + account.value() + " has no " + purpose));
  }

  @Override
  public Bytes wrap(Tx tx, AccountId account, Bytes nonce, Bytes secret) {
    return SecretBox.seal(seal(tx, account), nonce, secret);
  }

  @Override
  public Optional<Bytes> unwrap(Tx tx, AccountId account, Bytes nonce, Bytes wrapped) {
    return SecretBox.open(seal(tx, account), nonce, wrapped);
  }

  private static Bytes seal(Tx tx, AccountId account) {
    return tx.first(
            row -> row.bytes(0), "SELECT seal FROM account WHERE number = ?", account.value())
        .orElseThrow(() -> new StoreException("there is no account " + account.value()));
  }

  @Override
  public Optional<String> setting(Tx tx, AccountId account, String name) {
    return tx.first(
        row -> row.text(0),
        "SELECT value FROM setting WHERE account = ? AND name = ?",
        account.value(),
        name);
  }

  @Override
  public void set(Tx tx, AccountId account, String name, String value) {
    tx.run(
        "INSERT INTO setting (account, name, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (account, name) DO UPDATE SET value = excluded.value",
        account.value(),
        name,
        value);
  }

  @Override
  public List<Account> accounts(Tx tx) {
    return tx.all(
        row -> new Account(new AccountId(row.number(0)), row.text(1)),
        "SELECT number, name FROM account ORDER BY number");
  }
}
