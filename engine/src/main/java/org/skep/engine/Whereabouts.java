package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Whether the people of this data folder may write, where the folder itself may be a copy: of two
 * that write with the same keys, each spoils the other's logs for ever. While it is not known which
 * of them this is, nobody here writes anything; what its owner answers is kept, for those who lived
 * here then. See decision 006. Any thread.
 */
public final class Whereabouts {
  /** How a setting of the vault says it, one for each network; absent where all is well. */
  private enum Rest {
    /** Another folder writes with these keys; this one reads. */
    COPY,
    /** This one writes with them, once what it lacks has come back. */
    PUT_BACK
  }

  private static final String SETTING = "whereabouts.";
  private static final String ANSWERED = "";

  private final Store store;
  private final SqlVault vault;
  private final List<NetworkId> networks;

  /** Asked anew at each start, until it is answered. */
  private volatile Optional<String> question = Optional.empty();

  /**
   * @param networks all but the home log, whose operations need no network to be written
   */
  Whereabouts(Store store, SqlVault vault, List<NetworkId> networks) {
    this.store = store;
    this.vault = vault;
    this.networks = List.copyOf(networks);
  }

  /**
   * Has nobody write before one of the answers is given. Where nobody lives there is nothing to
   * ask.
   *
   * @param words what was found, in plain sentences
   */
  public void ask(String words) {
    question = store.read(vault::accounts).isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** What waits for an answer, in plain sentences. */
  public Optional<String> question() {
    return question;
  }

  /** It is the one, in the state in which it was left: everybody writes on. */
  public void isWhole() {
    question = Optional.empty();
  }

  /**
   * It is the one, but may lack what was written since: identities rest until their owners say that
   * all is here.
   */
  public void isPutBack() {
    rest(Rest.PUT_BACK);
  }

  /** Another one goes on writing with the keys that are here. */
  public void isCopy() {
    rest(Rest.COPY);
  }

  private void rest(Rest rest) {
    store.write(
        Lane.OWN,
        tx -> {
          rest(tx, rest);
          return rest;
        });
    question = Optional.empty();
  }

  private void rest(Tx tx, Rest rest) {
    for (Vault.Account account : vault.accounts(tx)) {
      networks.forEach(network -> vault.set(tx, account.id(), name(network), rest.name()));
    }
  }

  /** {@link #isPutBack} for people who are being brought back. */
  void putBack(Tx tx) {
    rest(tx, Rest.PUT_BACK);
  }

  /** Whether a setting says how it stands with this folder, and so with no other. */
  static boolean isOfThisPlace(String setting) {
    return setting.startsWith(SETTING);
  }

  /** Whether entries of the account's own logs may well come from elsewhere, on any network. */
  boolean awaitsOwn(Tx tx, AccountId account) {
    return question.isPresent()
        || networks.stream().anyMatch(network -> rest(tx, account, network).isPresent());
  }

  private static String name(NetworkId network) {
    return SETTING + network.name();
  }

  private Optional<Rest> rest(Tx tx, AccountId account, NetworkId network) {
    return vault
        .setting(tx, account, name(network))
        .filter(value -> !value.equals(ANSWERED))
        .map(Rest::valueOf);
  }

  /** Why the account writes nothing at all for now, not even for itself; a plain sentence. */
  Optional<String> silent(Tx tx, AccountId account) {
    return question
        .map(words ->
            "Nothing is written before you have said, on the status page, whether this Skep is a"
                + " copy.")
        .or(() ->
            networks.stream().anyMatch(network -> isCopy(tx, account, network))
                ? Optional.of(
                    "This is a copy of a Skep that writes elsewhere, so that as you it only reads.")
                : Optional.empty());
  }

  private boolean isCopy(Tx tx, AccountId account, NetworkId network) {
    return rest(tx, account, network).equals(Optional.of(Rest.COPY));
  }

  /** Why nothing is written for the account on a network for now, in plain sentences. */
  Optional<String> resting(Tx tx, AccountId account, NetworkId network) {
    return question.or(() -> rest(tx, account, network).map(Whereabouts::words));
  }

  private static String words(Rest rest) {
    return switch (rest) {
      case COPY ->
          "This is a copy of a Skep that writes elsewhere, so that as you it only reads. Whoever"
              + " shall write from here comes in as a new person. Only when the other Skep is gone"
              + " for good may this one go on with your identity.";
      case PUT_BACK ->
          "This Skep was put back from a copy, so that what you wrote since may be missing here."
              + " Until it has come back from friends and you say so, nothing new is written.";
    };
  }

  /** The owner has said that her identity shall write again. */
  void answered(Tx tx, AccountId account, NetworkId network) {
    if (rest(tx, account, network).isPresent()) {
      vault.set(tx, account, name(network), ANSWERED);
    }
  }
}
