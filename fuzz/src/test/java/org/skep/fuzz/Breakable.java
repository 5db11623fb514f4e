package org.skep.fuzz;

import java.util.List;
import org.skep.kernel.Bytes;

/** A decoder that fails on what begins with a bee. */
final class Breakable implements Target {
  @Override
  public String name() {
    return "breakable";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(Bytes.ofUtf8("wasp"));
  }

  @Override
  public void read(Bytes input) {
    Must.hold(!input.utf8().startsWith("bee"), "no bee is harmed");
  }
}
