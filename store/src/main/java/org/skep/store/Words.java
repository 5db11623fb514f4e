package org.skep.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in plain words what the disk did not do; the JDK's own text names its classes. */
final class Words {
  private Words() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + " is not yours to read and write";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case FileAlreadyExistsException other -> other.getFile() + " is something else";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case FileSystemException disk when disk.getReason() != null ->
          disk.getFile() + ": " + disk.getReason();
      default -> e.getMessage() == null ? "the disk did not say why" : e.getMessage();
    };
  }
}
