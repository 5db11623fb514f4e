package org.skep.networks.scuttlebutt.rpc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of method a name stands for, as manifests and requests say it. */
public enum RpcKind {
  /** One answer, known at once. On the wire the same as {@link #ASYNC}. */
  SYNC,
  /** One answer. */
  ASYNC,
  /** The side that serves it sends. */
  SOURCE,
  /** The side that calls it sends. */
  SINK,
  /** Both send. */
  DUPLEX;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<RpcKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  boolean isStream() {
    return this != SYNC && this != ASYNC;
  }
}
