package org.skep.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Hash;

/** Where the files of blobs lie in a data folder. */
record BlobFiles(Path dataFolder) {
  Path of(Hash hash) {
    String digits = hash.toString();
    return root().resolve(digits.substring(0, 2)).resolve(digits.substring(2));
  }

  Path of(BlobInfo blob) {
    return of(blob.hash());
  }

  /** The beginning of what arrives under a name. */
  Path part(Hash name) {
    return root().resolve("arriving").resolve(name + ".part");
  }

  /** All, also those on their way in. */
  List<Path> all() throws IOException {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private Path root() {
    return dataFolder.resolve("blobs");
  }

  static void setLength(Path path, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }
}
