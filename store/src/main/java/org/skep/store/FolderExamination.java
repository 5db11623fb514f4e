package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.skep.kernel.Examination;
import org.skep.kernel.StoreException;

/** Whether the data folder is there, its owner's alone, and can be written. */
public final class FolderExamination implements Examination {
  private static final int NAMED_MAX = 5;
  private static final String SETTINGS = "skep.properties";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path folder;
  private final String user;
  private final BooleanSupplier usable;

  /**
   * @param user as whom this process runs, as the system calls her
   */
  public FolderExamination(Path folder, String user) {
    this(
        folder,
        user,
        () -> Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder));
  }

  /**
   * @param usable whether this process can look into the folder and write there
   */
  FolderExamination(Path folder, String user, BooleanSupplier usable) {
    this.folder = folder;
    this.user = user;
    this.usable = usable;
  }

  @Override
  public List<Finding> look() {
    if (!Files.exists(folder)) {
      return List.of(
          new Finding.Wrong(
              ("There is no data folder at %s. The first ./skep up makes one;"
                      + " if yours lies elsewhere, say so with --data DIR.")
                  .formatted(folder)));
    }
    if (!Files.isDirectory(folder)) {
      return List.of(
          new Finding.Wrong(
              "%s is no folder. Say with --data DIR where your data lies.".formatted(folder)));
    }
    try {
      List<Finding> findings = new ArrayList<>();
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        findings.addAll(owner());
        findings.addAll(modes());
      }
      findings.addAll(writable());
      return findings;
    } catch (IOException e) {
      throw new StoreException(
          "the data folder " + folder + " can't be looked at: " + Words.of(e), e);
    }
  }

  private List<Finding> owner() throws IOException {
    String owner = Files.getOwner(folder).getName();
    return owner.equals(user)
        ? List.of()
        : List.of(
            new Finding.Wrong(
                ("The data folder %s belongs to %s, and Skep is used as %s. Use"
                        + " it as its owner, or give it to %s: chown -R %s '%s'")
                    .formatted(folder, owner, user, user, user, folder)));
  }

  /** Whoever reads the database has the keys. */
  private List<Finding> modes() throws IOException {
    List<Finding> findings = new ArrayList<>();
    if (isOpen(folder)) {
      findings.add(
          new Finding.Wrong(
              ("Other people of this computer can look into the data folder."
                      + " Close it: chmod 700 '%s'")
                  .formatted(folder)));
    }
    List<String> open = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        // Settings are written by their owner, with whatever mode her editor gives them.
        if (isOpen(file) && !file.getFileName().toString().equals(SETTINGS)) {
          open.add("'" + file + "'");
        }
      }
    }
    if (!open.isEmpty()) {
      String more = open.size() > NAMED_MAX ? " (and more like these)" : "";
      findings.add(
          new Finding.Wrong(
              ("Other people of this computer may read what is yours alone,"
                      + " your keys perhaps. Close it: chmod 600 ")
                  + String.join(" ", open.subList(0, Math.min(open.size(), NAMED_MAX)))
                  + more));
    }
    return findings;
  }

  private static boolean isOpen(Path path) throws IOException {
    Set<PosixFilePermission> modes = EnumSet.noneOf(PosixFilePermission.class);
    modes.addAll(Files.getPosixFilePermissions(path));
    modes.retainAll(OTHERS);
    return !modes.isEmpty();
  }

  private List<Finding> writable() {
    return usable.getAsBoolean()
        ? List.of()
        : List.of(
            new Finding.Wrong(
                ("The data folder %s can't be written, and so nothing you do"
                        + " could be kept. If the disk is not read-only, say: chmod 700"
                        + " '%s'")
                    .formatted(folder, folder)));
  }
}
