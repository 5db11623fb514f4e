package org.skep.testkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Plays worlds, one after the other. {@link Processes} plays more than one at a time. */
public final class Worlds {
  private static final Path MEMORY = Path.of("/dev/shm");

  private Worlds() {}

  /**
   * A world that was played.
   *
   * @param seed of all that it made up
   */
  public record Played(Kind kind, long seed, World.Outcome outcome) {
    /** How to see it again. */
    public String again() {
      return "./skep simulate " + kind + " --seed=" + seed;
    }
  }

  /** Plays one. */
  public static Played play(Kind kind, long seed, Twist twist) {
    try {
      // Memory syncs at once; what a disk may lose is up to the world.
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "skep-world")
              : Files.createTempDirectory("skep-world");
      try {
        return new Played(kind, seed, World.play(seed, folder, twist, kind.story()));
      } finally {
        FreshDisk.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Plays all that is wished, one world after the other: worlds at once in one process would meet
   * in what the process has only once, such as its loggers, and wait there for threads that their
   * schedulers don't know.
   *
   * @param hearing hears of each world when it is over
   */
  static void play(Wish wish, Consumer<Played> hearing) {
    for (int seed = 0; seed < wish.seeds(); seed++) {
      for (int kind = 0; kind < wish.kinds().size(); kind++) {
        if (wish.has(kind, seed)) {
          hearing.accept(play(wish.kinds().get(kind), wish.firstSeed() + seed, Twist.NONE));
        }
      }
    }
  }
}
