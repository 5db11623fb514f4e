package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Store;
import org.skep.kernel.Vault;
import org.skep.networks.scuttlebutt.handshake.Handshake;
import org.skep.networks.scuttlebutt.handshake.Identity;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * An account of this node as the secret handshake sees it; the vault keeps the secret.
 *
 * @param publicKey the key of the account's feed
 */
record VaultIdentity(Store store, Vault vault, AccountId account, PublicKey publicKey)
    implements Identity {

  /**
   * All accounts that have a feed, in the order of their numbers, at most as many as one listener
   * can serve.
   */
  static List<VaultIdentity> all(Store store, Vault vault) {
    return store.read(tx -> {
      List<VaultIdentity> identities = new ArrayList<>();
      for (Vault.Account account : vault.accounts(tx)) {
        vault
            .publicKey(tx, account.id(), ScuttlebuttNetwork.KEY_PURPOSE)
            .filter(_ -> identities.size() < Handshake.IDENTITIES_MAX)
            .map(key -> new VaultIdentity(store, vault, account.id(), key))
            .ifPresent(identities::add);
      }
      return identities;
    });
  }

  static Optional<VaultIdentity> of(Store store, Vault vault, AccountId account) {
    return store
        .read(tx -> vault.publicKey(tx, account, ScuttlebuttNetwork.KEY_PURPOSE))
        .map(key -> new VaultIdentity(store, vault, account, key));
  }

  FeedId feed() {
    return new FeedId(publicKey);
  }

  @Override
  public Bytes sign(Bytes message) {
    return store.read(tx -> vault.sign(tx, account, ScuttlebuttNetwork.KEY_PURPOSE, message));
  }

  @Override
  public Optional<Bytes> agree(Bytes theirX25519) {
    return store.read(tx -> vault.agree(tx, account, ScuttlebuttNetwork.KEY_PURPOSE, theirX25519));
  }
}
