package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Something that is measured, by its name on the command line. */
interface Benchmark {
  String name();

  /** What is measured and how, in lines. */
  List<String> words();

  /** Whether it also counts how often a node waits for the disk. */
  default boolean countsFsyncs() {
    return false;
  }

  /** The sizes it is measured with when nobody names others. */
  List<Size> sizes();

  /** How long a run with these takes, roughly. */
  String duration();

  /**
   * Measures.
   *
   * @param folder for data folders; exists and is empty
   * @param out takes what is found, line by line
   */
  void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException;
}
