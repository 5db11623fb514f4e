package org.skep.networks.home;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.skep.kernel.Checked;
import org.skep.kernel.Evidence;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NewFact;
import org.skep.networks.home.operation.Extensions;
import org.skep.networks.home.operation.Header;
import org.skep.networks.home.operation.Operation;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.networks.home.operation.OperationValidator;
import org.skep.networks.home.operation.Refusal;

/** Operations as the facts that are kept of them. */
final class HomeFacts {
  private HomeFacts() {}

  /** Beside what makes any operation true, Skep's own say in which log, when and for whom. */
  static Checked check(Operation operation) {
    Optional<Refusal> refusal = OperationValidator.refusal(operation);
    if (refusal.isPresent()) {
      return new Checked.Unsound(refusal.get().reason());
    }
    Extensions extensions = operation.header().extensions();
    Optional<String> log = extensions.log();
    if (log.isEmpty() || extensions.claimedMicros().isEmpty() || extensions.audience().isEmpty()) {
      return new Checked.Unsound("it doesn't say in which log, when or for whom");
    }
    return new Checked.Sound(newFact(operation, log.get(), Evidence.SELF_SIGNED));
  }

  static NewFact newFact(Operation operation, String log, Evidence evidence) {
    Header header = operation.header();
    return new NewFact(
        HomeNames.ofOperation(operation.id()),
        HomeNames.ofAuthor(header.author()),
        new LogPosition(
            log,
            header.sequence(),
            Optional.ofNullable(header.backlink()).map(id -> id.bytes().hex())),
        TimeUnit.MICROSECONDS.toMillis(header.extensions().claimedMicros().orElse(0)),
        evidence,
        OperationCodec.encode(operation));
  }
}
