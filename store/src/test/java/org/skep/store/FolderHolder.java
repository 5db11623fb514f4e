package org.skep.store;

import java.io.IOException;
import java.nio.file.Path;
import org.skep.kernel.StoreException;

/** Holds a data folder until somebody speaks to it, or says why it can't. */
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (DataFolder open = DataFolder.open(Path.of(arguments[0]), "the other process")) {
      System.out.println("held");
      if (System.in.read() >= 0) {
        System.out.println("released " + open.path());
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }
}
