package org.skep.networks.scuttlebutt.rpc;

import java.util.Arrays;
import java.util.Optional;

/** How the body of a packet is to be read. */
public enum BodyType {
  /** Bytes. */
  BINARY(0),
  /** UTF-8 text. */
  TEXT(1),
  /** One JSON value in UTF-8. */
  JSON(2);

  private final int wire;

  BodyType(int wire) {
    this.wire = wire;
  }

  /** The number in a packet's flags. */
  int wire() {
    return wire;
  }

  static Optional<BodyType> ofWire(int wire) {
    return Arrays.stream(values()).filter(type -> type.wire == wire).findFirst();
  }
}
