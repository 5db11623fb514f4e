package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.kernel.Hash;

/** Where the files of blobs lie, settled and arriving. */
final class BlobFolder {
  private static final String PART = ".part";

  private final Path path;
  private final Path arriving;
  private final AtomicLong arrivals = new AtomicLong();

  private BlobFolder(Path path) {
    this.path = path;
    this.arriving = path.resolve("arriving");
  }

  static BlobFolder open(Path path) throws IOException {
    BlobFolder folder = new BlobFolder(path);
    Disk.createFolders(folder.arriving);
    return folder;
  }

  /** The file of a settled blob. */
  Path file(Hash hash) {
    return fileIn(path, hash);
  }

  /** The file of a settled blob in a folder that is only looked at. */
  static Path fileIn(Path path, Hash hash) {
    String digits = hash.toString();
    return path.resolve(digits.substring(0, 2)).resolve(digits.substring(2));
  }

  /** The folder of all blobs whose hash begins with these two digits. */
  Path prefix(String twoDigits) {
    return path.resolve(twoDigits);
  }

  Path arriving() {
    return arriving;
  }

  /** A fresh empty file for something that arrives. */
  Path createArriving() throws IOException {
    Path file = arriving.resolve(arrivals.incrementAndGet() + PART);
    Disk.createFile(file);
    return file;
  }

  /** The file of something that arrives under a name; made when there is none. */
  Path createBegun(Hash name) throws IOException {
    Path file = begun(name);
    Disk.createFile(file);
    return file;
  }

  /** Where the beginning of a blob lies, if there is one. */
  Path begun(Hash name) {
    return arriving.resolve(name + PART);
  }

  /** Whose beginning a file is; empty for one that could not be gone on with. */
  static Optional<Hash> nameOfBegun(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(PART)
        ? Hash.ofHex(name.substring(0, name.length() - PART.length()))
        : Optional.empty();
  }

  /** Gives a file that arrived its name; in its place when this returns, also after a crash. */
  void settle(Path file, Hash hash) throws IOException {
    String digits = hash.toString();
    Path folder = prefix(digits.substring(0, 2));
    if (!Files.isDirectory(folder)) {
      Disk.createFolders(folder);
    }
    Disk.move(file, folder, digits.substring(2));
  }

  /** Takes the name from a file again, as if it had not settled. */
  void unsettle(Hash hash, Path file) throws IOException {
    Disk.move(file(hash), arriving, file.getFileName().toString());
  }
}
