package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Vault;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

/** Keys that never leave, and settings. */
class SqlVaultTest {
  private static final Bytes NONCE = Bytes.ofHex("00".repeat(23) + "01");
  private static final Bytes SECRET = Bytes.ofHex("ab".repeat(32));

  @TempDir Path folder;
  private TestNode node;
  private Vault vault;
  private AccountId ana;
  private AccountId bo;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    vault = node.vault;
    ana = node.account("Ana");
    bo = node.account("Bo");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private <T> T write(Store.Work<T> work) {
    return node.store.write(Lane.OWN, work);
  }

  @Test
  void aKeySignsWhatItsPublicHalfVerifies() {
    PublicKey key = write(tx -> vault.createKey(tx, ana, "test"));
    Bytes message = Bytes.ofUtf8("message");

    Bytes signature = write(tx -> vault.sign(tx, ana, "test", message));

    assertTrue(Ed25519.verify(key, message, signature));
    assertEquals(Optional.of(key), write(tx -> vault.publicKey(tx, ana, "test")));
  }

  @Test
  void keysOfTwoAccountsDiffer() {
    PublicKey anas = write(tx -> vault.createKey(tx, ana, "test"));
    PublicKey bos = write(tx -> vault.createKey(tx, bo, "test"));

    assertNotEquals(anas, bos);
    assertEquals(Optional.empty(), write(tx -> vault.publicKey(tx, bo, "other")));
  }

  @Test
  void aPurposeHasOneKey() {
    write(tx -> vault.createKey(tx, ana, "test"));

    assertThrows(StoreException.class, () -> write(tx -> vault.createKey(tx, ana, "test")));
  }

  @Test
  void anImportedKeyIsTheOneBroughtAlong() {
    PublicKey key = write(tx -> vault.importKey(tx, ana, "test", SECRET));

    assertEquals(Ed25519.publicKey(SECRET), key);
  }

  @Test
  void twoKeysAgreeOnOneSecret() {
    PublicKey anas = write(tx -> vault.createKey(tx, ana, "test"));
    PublicKey bos = write(tx -> vault.createKey(tx, bo, "test"));
    Bytes theirs = Ed25519.x25519Public(bos).orElseThrow();
    Bytes ours = Ed25519.x25519Public(anas).orElseThrow();

    assertEquals(
        write(tx -> vault.agree(tx, ana, "test", theirs)).orElseThrow(),
        write(tx -> vault.agree(tx, bo, "test", ours)).orElseThrow());
    assertEquals(X25519.KEY_BYTES, ours.length());
  }

  @Test
  void aKeyOfLowOrderIsRefused() {
    write(tx -> vault.createKey(tx, ana, "test"));

    assertEquals(
        Optional.empty(), write(tx -> vault.agree(tx, ana, "test", Bytes.ofHex("00".repeat(32)))));
  }

  @Test
  void whatIsWrappedIsUnwrappedByItsOwnAccountOnly() {
    Bytes wrapped = write(tx -> vault.wrap(tx, ana, NONCE, SECRET));

    assertNotEquals(SECRET, wrapped);
    assertEquals(Optional.of(SECRET), write(tx -> vault.unwrap(tx, ana, NONCE, wrapped)));
    assertEquals(Optional.empty(), write(tx -> vault.unwrap(tx, bo, NONCE, wrapped)));
    assertEquals(
        Optional.empty(),
        write(tx -> vault.unwrap(tx, ana, Bytes.ofHex("00".repeat(24)), wrapped)));
    assertEquals(
        Optional.empty(),
        write(tx -> vault.unwrap(tx, ana, NONCE, wrapped.slice(0, wrapped.length() - 1))));
  }

  @Test
  void whatNobodyHasIsSaidInWords() {
    assertThrows(StoreException.class, () -> write(tx -> vault.sign(tx, ana, "none", Bytes.EMPTY)));
    assertThrows(
        StoreException.class, () -> write(tx -> vault.wrap(tx, new AccountId(99), NONCE, SECRET)));
  }

  @Test
  void settingsAreEachAccountsOwn() {
    write(tx -> {
      vault.set(tx, ana, "seen", "yes");
      vault.set(tx, ana, "seen", "yes, twice");
      return true;
    });

    assertEquals(Optional.of("yes, twice"), write(tx -> vault.setting(tx, ana, "seen")));
    assertEquals(Optional.empty(), write(tx -> vault.setting(tx, bo, "seen")));
    assertEquals(
        List.of(new Vault.Account(ana, "Ana"), new Vault.Account(bo, "Bo")),
        write(tx -> vault.accounts(tx)));
  }
}
