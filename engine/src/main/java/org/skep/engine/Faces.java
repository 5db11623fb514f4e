package org.skep.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Authored;
import org.skep.kernel.Intent;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/** Gives an operation its face on every network that can take part, within a transaction. */
final class Faces {
  private final Map<NetworkId, Network> networks;
  private final Elsewhere elsewhere;
  private final Recorder recorder;

  Faces(Map<NetworkId, Network> networks, Elsewhere elsewhere, Recorder recorder) {
    this.networks = networks;
    this.elsewhere = elsewhere;
    this.recorder = recorder;
  }

  /**
   * What became of it.
   *
   * @param count how many networks took part
   * @param notDone why the others could not, in words
   */
  record Outcome(int count, Map<NetworkId, String> notDone) {
    static final Outcome NONE_ASKED = new Outcome(0, Map.of());

    /** Whether something was to be said to others, and nobody is told. */
    boolean reachesNobody() {
      return count == 0 && !notDone.isEmpty();
    }
  }

  Outcome write(Tx tx, AccountId account, Intent intent, Ref operation) {
    return write(
        tx,
        account,
        intent,
        operation,
        face -> recorder.recordOwn(tx, account, face.fact(), face.contentKey()));
  }

  /** What would become of it now; nothing is kept, and nobody gets to see it. */
  Outcome tryOut(Tx tx, AccountId account, Intent intent, Ref operation) {
    return write(tx, account, intent, operation, face -> {});
  }

  private interface Keeping {
    void keep(Authored.Written face);
  }

  private Outcome write(Tx tx, AccountId account, Intent intent, Ref operation, Keeping keeping) {
    Map<NetworkId, String> notDone = new LinkedHashMap<>();
    int count = 0;
    for (Network network : networks.values()) {
      if (network.id().equals(NetworkId.HOME) || !concerns(intent, network.id())) {
        continue;
      }
      Optional<String> resting = elsewhere.resting(tx, account, network);
      if (resting.isPresent()) {
        notDone.put(network.id(), resting.get());
        continue;
      }
      switch (network.author(tx, account, intent, operation)) {
        case Authored.Written face -> {
          keeping.keep(face);
          count++;
        }
        case Authored.CannotDo cannot -> notDone.put(network.id(), cannot.reason());
      }
    }
    return new Outcome(count, notDone);
  }

  /** A network that never heard of a post need not hear that it is different, or gone. */
  private static boolean concerns(Intent intent, NetworkId network) {
    return switch (intent) {
      case Intent.Edit edit -> edit.post().on(network).isPresent();
      case Intent.Delete delete -> delete.post().on(network).isPresent();
      case Intent.Post _,
          Intent.Letter _,
          Intent.Boost _,
          Intent.React _,
          Intent.Relate _,
          Intent.Describe _,
          Intent.DeclareFace _,
          Intent.ReadUpTo _,
          Intent.Bookmark _ ->
          true;
    };
  }
}
