package org.skep.app.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import picocli.CommandLine.Parameters;

/** The file of messages that a command reads. */
final class SsbFile {
  @Parameters(
      paramLabel = "FILE",
      description =
          "messages as JSON lines or one JSON list, bare or as {key, value, timestamp}; - = what"
              + " comes in by a pipe")
  String name = "";

  private long size;
  private long bytesRead;

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytesRead += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int some = super.read(bytes, offset, length);
      bytesRead += Math.max(0, some);
      return some;
    }
  }

  /**
   * @throws Failure when it can't be read, in words
   */
  MessageFile open() throws Failure {
    return new MessageFile(new Counting(bytes()));
  }

  /** How many bytes of it were read so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** How many bytes it has; 0 where nobody knows. */
  long size() {
    return size;
  }

  private InputStream bytes() throws Failure {
    if (name.equals("-")) {
      return System.in;
    }
    Path file = Path.of(name);
    try {
      if (Files.isDirectory(file)) {
        throw new Failure(Failure.REFUSED, name + " is a folder.");
      }
      size = Files.isRegularFile(file) ? Files.size(file) : 0;
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new Failure(Failure.REFUSED, name + " can't be read.");
    }
  }

  /**
   * What stands next in the file.
   *
   * @param max so many at most; fewer than that only at its end
   */
  static List<MessageFile.Item> next(MessageFile file, int max) throws IOException {
    List<MessageFile.Item> items = new ArrayList<>();
    while (items.size() < max) {
      Optional<MessageFile.Item> next = file.next();
      if (next.isEmpty()) {
        break;
      }
      items.add(next.get());
    }
    return items;
  }
}
