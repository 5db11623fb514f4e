package org.skep.app;

import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.Examination;

/**
 * Whether the machine can carry the program.
 *
 * @param javaRelease which Java runs it
 * @param memoryBytesMax how much memory Java takes at most
 */
record MachineExamination(int javaRelease, long memoryBytesMax) implements Examination {
  static final int JAVA_RELEASE_MIN = 25;
  static final long MEMORY_BYTES_ENOUGH = 192L << 20;

  /** The machine and the Java that this runs on. */
  static MachineExamination here() {
    return new MachineExamination(Runtime.version().feature(), Runtime.getRuntime().maxMemory());
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    if (javaRelease < JAVA_RELEASE_MIN) {
      findings.add(
          new Finding.Wrong(
              "Java %d is too old. Install a JDK %d or newer (https://adoptium.net)."
                  .formatted(javaRelease, JAVA_RELEASE_MIN)));
    }
    if (memoryBytesMax < MEMORY_BYTES_ENOUGH) {
      findings.add(
          new Finding.Remark(
              ("Skep may use %d MiB of memory, which is little when much comes at once. Should it get"
                      + " slow or end, close other programs.")
                  .formatted(memoryBytesMax >> 20)));
    }
    return findings;
  }
}
