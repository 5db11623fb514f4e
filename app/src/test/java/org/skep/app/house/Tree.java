package org.skep.app.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files of the repository: everything under its root that {@code .gitignore} lets through. */
final class Tree {
  private final Path root;
  private final List<PathMatcher> ignored = new ArrayList<>();

  private Tree(Path root) throws IOException {
    this.root = root;
    ignored.add(root.getFileSystem().getPathMatcher("glob:.git"));
    for (String line : Files.readAllLines(root.resolve(".gitignore"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String name = line.endsWith("/") ? line.substring(0, line.length() - 1) : line;
        ignored.add(root.getFileSystem().getPathMatcher("glob:" + name));
      }
    }
  }

  /** The tree this test runs in. */
  static Tree here() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("skep"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException("no repository around " + Path.of("").toAbsolutePath());
      }
      folder = above;
    }
    return new Tree(folder);
  }

  /** Paths relative to the root, with {@code /} between names. */
  List<String> files() throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isIgnored(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isIgnored(file) && attributes.isRegularFile()) {
              found.add(root.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private boolean isIgnored(Path path) {
    Path name = path.getFileName();
    return !path.equals(root) && ignored.stream().anyMatch(matcher -> matcher.matches(name));
  }

  /** The file as text; bytes that are no UTF-8 (pictures) become replacement characters. */
  String text(String file) throws IOException {
    return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
  }
}
