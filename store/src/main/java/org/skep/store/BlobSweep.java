package org.skep.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;

/**
 * Brings files and rows of blobs together before anybody uses them: a file without a row is what a
 * crash left, and a row whose file is gone or has another length would promise what can't be given.
 * What had begun to arrive under a name stays, because it can be gone on with. Looks at a 256th
 * part at a time, so that memory stays small.
 */
final class BlobSweep {
  private static final System.Logger LOG = System.getLogger(BlobSweep.class.getName());
  private static final int PREFIXES = 256;

  private final Store store;
  private final BlobFolder folder;

  BlobSweep(Store store, BlobFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  void run() throws IOException {
    for (Path left : files(folder.arriving()).values()) {
      if (BlobFolder.nameOfBegun(left).isEmpty()) {
        Files.delete(left);
      }
    }
    for (int prefix = 0; prefix < PREFIXES; prefix++) {
      sweep(prefix);
    }
  }

  private void sweep(int prefix) throws IOException {
    String digits = String.format(Locale.ROOT, "%02x", prefix);
    Map<String, Path> files = files(folder.prefix(digits));
    for (BlobInfo blob : rows(digits)) {
      Path file = files.remove(blob.hash().toString().substring(2));
      if (file == null || Files.size(file) != blob.lengthBytes()) {
        LOG.log(System.Logger.Level.WARNING, "the file of blob " + blob.hash() + " is lost");
        store.write(Lane.OWN, tx -> tx.run("DELETE FROM blob WHERE hash = ?", blob.hash().bytes()));
        if (file != null) {
          Files.delete(file);
        }
      }
    }
    for (Path orphan : files.values()) {
      Files.delete(orphan);
    }
  }

  private List<BlobInfo> rows(String digits) {
    // Every hash with these digits lies between the two, the second one being longer than any.
    Bytes from = Bytes.ofHex(digits);
    Bytes to = Bytes.ofHex(digits + "ff".repeat(Hash.LENGTH_BYTES));
    return store.read(tx ->
        tx.all(
            row -> new BlobInfo(new Hash(row.bytes(0)), row.number(1)),
            "SELECT hash, length_bytes FROM blob WHERE hash BETWEEN ? AND ?",
            from,
            to));
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          files.put(entry.getFileName().toString(), entry);
        }
      }
    }
    return files;
  }
}
