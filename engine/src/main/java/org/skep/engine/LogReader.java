package org.skep.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Tx;

/** Answers how it stands with an account's own logs. Any thread. */
public final class LogReader {
  private final Snapshots store;
  private final Elsewhere elsewhere;
  private final List<Network> networks;

  LogReader(Snapshots store, Elsewhere elsewhere, List<Network> networks) {
    this.store = store;
    this.elsewhere = elsewhere;
    this.networks = List.copyOf(networks);
  }

  /** For each network on which the account writes nothing for now, why, in plain sentences. */
  public Map<NetworkId, String> resting(AccountId account) {
    return forEach((tx, network) -> elsewhere.resting(tx, account, network));
  }

  /**
   * For each network where more or something else of the account's log is known than is here, what,
   * in plain sentences. Where the identity rests it speaks against {@link Actions#resume}.
   */
  public Map<NetworkId, String> elsewhere(AccountId account) {
    return forEach((tx, network) -> elsewhere.evidence(tx, account, network));
  }

  private interface Question {
    Optional<String> of(Tx tx, Network network);
  }

  private Map<NetworkId, String> forEach(Question question) {
    return store.read(tx -> {
      Map<NetworkId, String> answers = new LinkedHashMap<>();
      for (Network network : networks) {
        question.of(tx, network).ifPresent(words -> answers.put(network.id(), words));
      }
      return answers;
    });
  }
}
