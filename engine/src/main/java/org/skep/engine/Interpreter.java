package org.skep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;

/**
 * Says what facts mean, each as its own network reads it. Any thread.
 *
 * @param networks those that are there; facts of others say nothing
 */
record Interpreter(Map<NetworkId, Network> networks) {
  /** What a kept fact says by the first key that opens it. */
  List<DomainEvent> events(Fact fact, List<Bytes> contentKeys) {
    Network network = networks.get(fact.content().id().network());
    if (network == null) {
      return List.of();
    }
    List<DomainEvent> closed = Bounds.of(network.interpret(fact, Optional.empty()));
    return contentKeys.stream()
        .map(key -> Bounds.of(network.interpret(fact, Optional.of(key))))
        .filter(said -> !said.equals(closed))
        .findFirst()
        .orElse(closed);
  }
}
