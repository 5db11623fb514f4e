package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Whose logs rest because the data folder may be a copy, or was put back: of two folders that write
 * with the same keys, each spoils the other's logs for ever. See decision 006. Any thread.
 */
final class CopyRest {
  /** How a setting of the vault says it, one for each network; absent where all is well. */
  enum Cause {
    /** Another folder writes with these keys; this one reads. */
    COPY,
    /** This one writes with them, once what it lacks has come back. */
    PUT_BACK
  }

  private static final String SETTING = "whereabouts.";
  private static final String ANSWERED = "";

  private final Vault vault;
  private final List<NetworkId> networks;

  /** Asked anew at each start, until it is answered. */
  private volatile Optional<String> question = Optional.empty();

  /**
   * @param networks all; the home log is spared by {@link #silent}
   */
  CopyRest(Vault vault, List<NetworkId> networks) {
    this.vault = vault;
    this.networks = networks.stream().filter(network -> !network.equals(NetworkId.HOME)).toList();
  }

  /** Has nobody write before this was answered; empty when it is. */
  void setQuestion(Optional<String> words) {
    question = words;
  }

  Optional<String> question() {
    return question;
  }

  /** Has everybody rest who lives here now. What is a copy stays one when it is put back. */
  void begin(Tx tx, Cause cause) {
    for (Vault.Account account : vault.accounts(tx)) {
      for (NetworkId network : networks) {
        if (cause == Cause.COPY || !isCopy(tx, account.id(), network)) {
          vault.set(tx, account.id(), name(network), cause.name());
        }
      }
    }
  }

  private static String name(NetworkId network) {
    return SETTING + network.name();
  }

  /**
   * Whether a setting says how it stands with this folder, and so with no other. That another one
   * writes with its keys holds for whatever is made of it.
   */
  static boolean isOfThisPlace(String setting, String value) {
    return setting.startsWith(SETTING) && !value.equals(Cause.COPY.name());
  }

  private Optional<Cause> cause(Tx tx, AccountId account, NetworkId network) {
    return vault
        .setting(tx, account, name(network))
        .filter(value -> !value.equals(ANSWERED))
        .map(Cause::valueOf);
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
    return cause(tx, account, network).equals(Optional.of(Cause.COPY));
  }

  /** Why nothing is written for the account on a network for now, in plain sentences. */
  Optional<String> resting(Tx tx, AccountId account, NetworkId network) {
    return question.or(() -> cause(tx, account, network).map(CopyRest::words));
  }

  private static String words(Cause cause) {
    return switch (cause) {
      case COPY ->
          "This is a copy of a Skep that writes elsewhere, so that as you it only reads. Whoever"
              + " shall write from here comes in as a new person. Only when the other Skep is gone"
              + " for good, and will never write again, may this one go on with your identity.";
      case PUT_BACK ->
          "This Skep was put back from a copy, so that what you wrote since may be missing here."
              + " Until it has come back from friends and you say so, nothing new is written. The"
              + " Skep that this came from must never write again.";
    };
  }

  /** What speaks against writing: another folder was said to write. A plain sentence. */
  Optional<String> evidence(Tx tx, AccountId account, NetworkId network) {
    return isCopy(tx, account, network)
        ? Optional.of(
            "This was said to be a copy of a Skep that goes on writing as you; that one must never"
                + " write again.")
        : Optional.empty();
  }

  /** Whether entries of the account's own logs may well come from elsewhere, on any network. */
  boolean awaitsOwn(Tx tx, AccountId account) {
    return question.isPresent()
        || networks.stream().anyMatch(network -> cause(tx, account, network).isPresent());
  }

  /** The owner has said that her identity shall write again. */
  void answered(Tx tx, AccountId account, NetworkId network) {
    if (cause(tx, account, network).isPresent()) {
      vault.set(tx, account, name(network), ANSWERED);
    }
  }
}
