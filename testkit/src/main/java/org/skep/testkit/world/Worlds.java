package org.skep.testkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Plays many worlds, as many at once as there are processors. */
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
   * Plays a world of each of the kinds for each seed.
   *
   * @param twists what stands between nodes and their doors, by seed
   * @param hearing hears of each world when it is over, on any thread, one at a time
   */
  public static void play(
      List<Kind> kinds, List<Long> seeds, LongFunction<Twist> twists, Consumer<Played> hearing)
      throws InterruptedException {
    AtomicLong next = new AtomicLong();
    ReentrantLock one = new ReentrantLock();
    ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.ofPlatform()
              .name("worlds-" + i)
              .uncaughtExceptionHandler((_, why) -> broken.add(why))
              .start(() -> playAll(kinds, seeds, twists, hearing, next, one)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Optional.ofNullable(broken.peek())
        .ifPresent(why -> {
          throw new IllegalStateException("worlds could not be played", why);
        });
  }

  private static void playAll(
      List<Kind> kinds,
      List<Long> seeds,
      LongFunction<Twist> twists,
      Consumer<Played> hearing,
      AtomicLong next,
      ReentrantLock one) {
    long total = (long) kinds.size() * seeds.size();
    for (long at = next.getAndIncrement(); at < total; at = next.getAndIncrement()) {
      long seed = seeds.get((int) (at / kinds.size()));
      Played played = play(kinds.get((int) (at % kinds.size())), seed, twists.apply(seed));
      one.lock();
      try {
        hearing.accept(played);
      } finally {
        one.unlock();
      }
    }
  }
}
