package org.skep.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.testkit.peers.LineProcess;
import org.skep.testkit.peers.MissingToolException;
import org.skep.testkit.peers.Tools;

/** A disk in memory of a few megabytes, seen only by processes that are started within it. */
final class SmallDisk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Path errors;
  private final LineProcess holder;
  private final List<String> entering;

  private SmallDisk(Path folder, Path errors, LineProcess holder, List<String> entering) {
    this.folder = folder;
    this.errors = errors;
    this.holder = holder;
    this.entering = entering;
  }

  /**
   * Mounts a disk.
   *
   * @param folder an empty folder
   * @param size as {@code mount} takes it, such as {@code 16m}
   */
  static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
    String use = "give Skep a small disk (Debian package util-linux)";
    Path errors = folder.resolveSibling(folder.getFileName() + "-disk.err");
    LineProcess holder =
        LineProcess.start(
            "small disk",
            List.of(
                Tools.require("unshare", use).toString(),
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                ClosedTest.folder().resolve("small-disk.sh").toString(),
                folder.toString(),
                size),
            Map.of(),
            errors);
    try {
      String pid = holder.awaitReady("holder ", PATIENCE).trim();
      List<String> entering =
          List.of(
              Tools.require("nsenter", use).toString(),
              "--user",
              "--preserve-credentials",
              "--mount",
              "--target=" + pid,
              "--");
      return new SmallDisk(folder, errors, holder, entering);
    } catch (IllegalStateException e) {
      throw new MissingToolException(
          "A disk in memory could not be mounted in a user namespace: " + Files.readString(errors));
    }
  }

  Path folder() {
    return folder;
  }

  /** The words that run a command where this disk is seen. */
  List<String> within(List<String> command) {
    List<String> words = new ArrayList<>(entering);
    words.addAll(command);
    return words;
  }

  /** Fills what is left of the room, down to the last block. */
  void fill() throws IOException, InterruptedException {
    // `cat` ends with an error when there is no room left: that is the purpose.
    run("cat /dev/zero >" + ballast() + " 2>/dev/null || true");
  }

  void clear() throws IOException, InterruptedException {
    run("rm " + ballast());
  }

  /** From now on it can only be read; nobody may be writing a file there. */
  void readOnly() throws IOException, InterruptedException {
    run("mount -o remount,ro " + folder);
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private void run(String script) throws IOException, InterruptedException {
    LineProcess process =
        LineProcess.start("sh", within(List.of("sh", "-c", script)), Map.of(), errors);
    process.closeInput();
    if (process.awaitEnd(PATIENCE) != 0) {
      throw new AssertionError(script + " failed: " + Files.readString(errors));
    }
  }

  @Override
  public void close() throws IOException {
    holder.closeInput();
    holder.awaitEndUninterrupted(PATIENCE);
  }
}
