package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has written so far, as Linux counts it (proc(5), {@code io}).
 *
 * @param calls of the kind of write, to anything: files, but connections and pipes too, so that
 *     those to the disk are at most so many
 * @param diskBytes that had to go to a disk
 */
record Writes(long calls, long diskBytes) {
  static Writes of(long pid) throws IOException {
    return parse(Files.readString(Path.of("/proc", Long.toString(pid), "io")));
  }

  static Writes parse(String io) {
    return new Writes(number(io, "syscw"), number(io, "write_bytes"));
  }

  private static long number(String io, String name) {
    return io.lines()
        .filter(line -> line.startsWith(name + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
        .findFirst()
        .orElseThrow();
  }

  Writes since(Writes before) {
    return new Writes(calls - before.calls, diskBytes - before.diskBytes);
  }
}
