package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.skep.kernel.Examination;
import org.skep.kernel.StoreException;

/** Whether the disk has room for what comes. */
public final class SpaceExamination implements Examination {
  static final long FREE_BYTES_MIN = 256L << 20;

  /** How much room there is. */
  @FunctionalInterface
  interface Room {
    long freeBytes() throws IOException;
  }

  private final Path folder;
  private final Room room;

  public SpaceExamination(Path folder) {
    this(folder, () -> Files.getFileStore(folder).getUsableSpace());
  }

  SpaceExamination(Path folder, Room room) {
    this.folder = folder;
    this.room = room;
  }

  @Override
  public List<Finding> look() {
    try {
      long free = room.freeBytes();
      return free >= FREE_BYTES_MIN
          ? List.of()
          : List.of(
              new Finding.Wrong(
                  ("Only %d MiB are free on the disk of %s. Make room, or keep"
                          + " fewer pictures (blobs.budget_mib in skep.properties).")
                      .formatted(free >> 20, folder)));
    } catch (IOException e) {
      throw new StoreException("the disk of " + folder + " can't be asked: " + Words.of(e), e);
    }
  }
}
