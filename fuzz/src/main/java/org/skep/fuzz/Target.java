package org.skep.fuzz;

import java.util.List;
import org.skep.kernel.Bytes;

/** A decoder and what must hold of it. Pure; one thread. */
public interface Target {
  /** In lower case, one word: on the command line, and the folder of what is kept. */
  String name();

  /** What to begin with: as real programs say it, and each kind of what is refused. */
  List<Bytes> seeds();

  /**
   * Reads what a stranger may have sent; returns when it was taken or refused as it should be.
   *
   * @throws AssertionError when something does not hold
   * @throws RuntimeException when the decoder failed
   */
  void read(Bytes input);

  /** Longer inputs find nothing that shorter ones don't. */
  default int lengthBytesMax() {
    return 4096;
  }
}
