package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder at one moment, and what a disk may hold of them when the power fails.
 *
 * <p>The model: a sector of 512 bytes is written whole or not at all. Where a file was synced, a
 * sector that is written over afterwards holds the old bytes or the new ones; where it has grown,
 * the new sectors hold the new bytes, zeros or whatever lay on the disk before, in any choice, or
 * are not there. What it can't show: that the program, the system and the drive do sync when they
 * say so, drives that spoil sectors nobody wrote to, and file systems on which a name that was
 * given is lost although its folder was synced.
 *
 * @param files contents by path from the folder, as {@code blobs/ab/cdef}
 */
record DiskImage(SequencedMap<String, byte[]> files) {
  static final int SECTOR_BYTES = 512;

  /** What becomes of the part by which a file has grown and that did not reach the disk. */
  enum Fate {
    /** The file ends somewhere within it. */
    CUT,
    /** Zeros stand in the place of the sectors that are missing. */
    ZEROED,
    /** What lay there before stands in their place. */
    STALE
  }

  static DiskImage of(Path folder) throws IOException {
    SequencedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return new DiskImage(files);
  }

  /** Puts the files into a folder that is not there yet. */
  Path into(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  /** Removes a folder that was filled by {@link #into}. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  long length(String name) {
    return file(name).map(content -> content.length).orElse(0);
  }

  /** The same with another content of one file. */
  DiskImage with(String name, byte[] content) {
    SequencedMap<String, byte[]> other = new TreeMap<>(files);
    other.put(name, content);
    return new DiskImage(other);
  }

  /** One of the many things a file may be that was synced as {@code old} and is being changed. */
  static byte[] unsynced(byte[] old, byte[] fresh, Random random) {
    Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
    // From "nothing arrived" to "all of it did".
    double missing = random.nextInt(5) / 4.0;
    byte[] left = Arrays.copyOf(fresh, lengthLeft(old, fresh, fate, random));
    for (int at = 0; at < left.length; at += SECTOR_BYTES) {
      int end = Math.min(at + SECTOR_BYTES, left.length);
      if (at >= fresh.length || random.nextDouble() < missing) {
        // Of what was synced nothing is lost: not even of a sector that was half full.
        int grownFrom = Math.clamp(old.length, at, end);
        System.arraycopy(old, Math.min(at, old.length), left, at, grownFrom - at);
        leave(left, grownFrom, end, fate, old, random);
      }
    }
    return left;
  }

  private static void leave(
      byte[] left, int from, int end, Fate fate, byte[] former, Random random) {
    switch (fate) {
      case CUT -> {}
      case ZEROED -> Arrays.fill(left, from, end, (byte) 0);
      case STALE -> {
        // What was deleted here once: for a log, frames that were valid in their time.
        for (int i = from; i < end; i++) {
          left[i] = former.length == 0 ? (byte) random.nextInt() : former[i % former.length];
        }
      }
    }
  }

  /** A file that was made shorter may still be as long as it was. */
  private static int lengthLeft(byte[] old, byte[] fresh, Fate fate, Random random) {
    if (fresh.length < old.length) {
      return random.nextBoolean() ? fresh.length : old.length;
    }
    return switch (fate) {
      case CUT -> random.nextInt(old.length, fresh.length + 1);
      case ZEROED, STALE -> fresh.length;
    };
  }
}
