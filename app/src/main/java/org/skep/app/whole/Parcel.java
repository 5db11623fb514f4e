package org.skep.app.whole;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.networks.scuttlebutt.blobs.BlobShelf;
import org.skep.store.Disk;

/** The folder that all of it goes into or comes from: only files of known names, no links. */
final class Parcel {
  static final String README = "README.txt";
  static final String PRIVATE = "private.age";
  static final String MANIFEST = "manifest.json";

  private static final Pattern NAME =
      Pattern.compile(
          "README\\.txt|private\\.age|(facts|forks)/[a-z]{1,16}\\.(jsonl|cbor)"
              + "|blobs/[0-9a-f]{2}/[0-9a-f]{62}");
  private static final String BLOBS = "blobs/";

  private final Path folder;

  /** Folders in which names are new. */
  private final Set<Path> unsynced = new HashSet<>();

  private Parcel(Path folder) {
    this.folder = folder;
  }

  /**
   * An empty folder to fill, made where there is none; for its owner only.
   *
   * @throws Refused when something is in it, in words
   */
  static Parcel empty(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new Refused(folder + " is a file. Name a folder.");
    }
    Disk.createFolders(folder);
    if (Files.exists(folder.resolve(MANIFEST))) {
      throw new Refused("There is an export in " + folder + " already. Choose another folder.");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new Refused(
            folder
                + " is not empty. If it is an export that was cut short, delete it and begin"
                + " again; else choose another folder.");
      }
    }
    return new Parcel(folder);
  }

  /**
   * A folder that somebody filled.
   *
   * @throws Refused when it is none, or not whole, in words
   */
  static Parcel filled(Path folder) throws Refused {
    if (!Files.isDirectory(folder)) {
      throw new Refused("There is no folder " + folder + ".");
    }
    if (!Files.isRegularFile(folder.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
      throw new Refused(
          Files.exists(folder.resolve(README))
              ? "The export in "
                  + folder
                  + " was cut short: its list ("
                  + MANIFEST
                  + ") is missing."
              : "There is no export in " + folder + ".");
    }
    return new Parcel(folder);
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Where entries of a network stand. */
  static String entries(String kind, NetworkId network, EntryFormat format) {
    return kind + "/" + network.name() + format.ending();
  }

  static String blob(Hash hash) {
    String digits = hash.toString();
    return BLOBS + digits.substring(0, 2) + "/" + digits.substring(2);
  }

  /** Which blob a file holds; empty when it is another file. */
  static Optional<Hash> blobOf(String name) {
    return name.startsWith(BLOBS)
        ? Hash.ofHex(name.substring(BLOBS.length()).replace("/", ""))
        : Optional.empty();
  }

  /** What was written: a file, how long it is and its SHA-256 in hexadecimal digits. */
  record Written(String name, long bytes, String sha256) {}

  /** A file while it is written; on the disk once it is closed. */
  static final class Sheet extends FilterOutputStream {
    private final String name;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private long bytes;

    private Sheet(String name, FileChannel channel) {
      super(new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10));
      this.name = name;
      this.channel = channel;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      digest.update((byte) value);
      bytes++;
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
      out.write(content, from, length);
      digest.update(content, from, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        try (channel) {
          out.flush();
          channel.force(true);
        }
      }
    }

    /** What it came to; to be asked once, when all is written. */
    Written written() throws IOException {
      close();
      return new Written(name, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Sheet write(String name) throws IOException {
    Path file = folder.resolve(name);
    Path above = file.getParent();
    if (above != null) {
      Disk.createFolders(above);
      unsynced.add(above);
    }
    return new Sheet(
        name,
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode(folder, "rw-------")));
  }

  /** Brings the names of all that was written to the disk. */
  void sync() throws IOException {
    for (Path filled : unsynced) {
      Disk.syncFolder(filled);
    }
    unsynced.clear();
  }

  void remove(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  /**
   * Gives a file its name in one step, so that whoever finds it finds all of it; on the disk when
   * this returns.
   */
  void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    Disk.syncFolder(folder);
  }

  /**
   * A file of a known name, buffered.
   *
   * @throws Refused when a link or something else stands in its place
   */
  InputStream read(String name) throws IOException {
    return new BufferedInputStream(
        Files.newInputStream(file(name), LinkOption.NOFOLLOW_LINKS), 64 << 10);
  }

  private Path file(String name) throws Refused {
    Path file = folder;
    String[] parts = name.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      file = file.resolve(parts[i]);
      if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new Refused(name + " is missing.");
      }
    }
    file = file.resolve(parts[parts.length - 1]);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refused(name + " is missing, or is something else than a file.");
    }
    return file;
  }

  /** Why a file is not as it was written, as a sentence; empty when it is. */
  Optional<String> flaw(Written expected) throws IOException {
    try {
      if (blobOf(expected.name()).isPresent() && expected.bytes() > BlobShelf.BLOB_BYTES_MAX) {
        return Optional.of(expected.name() + " is larger than any picture or file that is kept.");
      }
      if (Files.size(file(expected.name())) != expected.bytes()) {
        return Optional.of(expected.name() + " has another length than it had.");
      }
      MessageDigest digest = sha256();
      byte[] part = new byte[64 << 10];
      try (InputStream in = read(expected.name())) {
        for (int some = in.read(part); some >= 0; some = in.read(part)) {
          digest.update(part, 0, some);
        }
      }
      return HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())
          ? Optional.empty()
          : Optional.of(expected.name() + " is not as it was written.");
    } catch (Refused missing) {
      return Optional.of(String.valueOf(missing.getMessage()));
    }
  }
}
