package org.skep.testkit.peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder of pinned npm packages, installed once per lock file by {@code npm ci}.
 *
 * <p>No install scripts run: everything pinned is plain JavaScript or brings its native part along.
 */
public final class NpmFolder {
  private static final long INSTALL_MINUTES_MAX = 10;

  private final Path folder;

  private NpmFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of the ssb-db2 stack and the validation data set, installed. */
  public static NpmFolder peer() throws IOException, InterruptedException {
    return installed(property("skep.interop.npm"));
  }

  /** The folder of ssb-server, installed. */
  public static NpmFolder classicPeer() throws IOException, InterruptedException {
    return installed(property("skep.interop.classicpeer"));
  }

  /** The folder of the second reader of home logs, installed. */
  public static NpmFolder secondReader() throws IOException, InterruptedException {
    return installed(property("skep.interop.secondreader"));
  }

  /** The folder of the handshake's test suite, installed. */
  public static NpmFolder shs1() throws IOException, InterruptedException {
    return installed(property("skep.interop.shs1"));
  }

  /**
   * The folder with its packages in place.
   *
   * @throws MissingToolException without Node or npm
   * @throws IOException when npm fails; its words are the message
   */
  public static NpmFolder installed(Path folder) throws IOException, InterruptedException {
    NpmFolder npm = new NpmFolder(folder);
    npm.installInTurn();
    return npm;
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("start this test by ./skep interop: no property " + name);
    }
    return Path.of(value);
  }

  public Path folder() {
    return folder;
  }

  /** A file of an installed package, such as {@code file("ssb-validation-dataset/data.json")}. */
  public Path file(String name) {
    return folder.resolve("node_modules").resolve(name);
  }

  /** The command that runs one of the folder's own scripts. */
  public List<String> node(String script) {
    return List.of(
        Tools.require("node", "run the real peers (Node.js 18 or newer)").toString(),
        folder.resolve(script).toString());
  }

  /** Tests run in several processes, and two installations in one folder would spoil each other. */
  private void installInTurn() throws IOException, InterruptedException {
    Path target = folder.resolveSibling("target");
    try (FileChannel turn =
            FileChannel.open(
                target.resolve("npm-" + folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = turn.lock()) {
      install();
    }
  }

  private void install() throws IOException, InterruptedException {
    Tools.require("node", "run the real peers (Node.js 18 or newer)");
    Path npm = Tools.require("npm", "install the real peers (it comes with Node.js)");
    Path lock = folder.resolve("package-lock.json");
    Path stamp = folder.resolve("node_modules/.installed-lock-sha256");
    String wanted = sha256(lock);
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    long packages;
    try (var lines = Files.lines(lock)) {
      packages = lines.filter(line -> line.contains("\"integrity\":")).count();
    }
    System.out.printf(
        "Installing %d npm packages, as pinned in %s (once; about a minute).%n", packages, lock);
    Path log = Files.createTempFile("npm-ci", ".log");
    Process process =
        new ProcessBuilder(
                npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("npm ci took longer than " + INSTALL_MINUTES_MAX + " minutes");
    }
    if (process.exitValue() != 0) {
      throw new IOException("npm ci failed in " + folder + ":\n" + Files.readString(log));
    }
    Files.delete(log);
    Files.writeString(stamp, wanted, StandardCharsets.UTF_8);
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
