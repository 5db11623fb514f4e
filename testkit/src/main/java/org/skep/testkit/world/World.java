package org.skep.testkit.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.skep.app.Node;
import org.skep.kernel.Ref;
import org.skep.kernel.Tasks;

/**
 * A few machines, the network between them and the people who live there, made up by a seed. Who
 * plays it drives it from one thread until its story has ended.
 */
public final class World {
  /** Of its own time; longer than any story takes. */
  private static final Duration LONGEST = Duration.ofDays(2);

  private static final Duration OFF_WITHIN = Duration.ofHours(1);
  private static final int STRANGERS = 1_000;

  private static final InheritableThreadLocal<World> CURRENT = new InheritableThreadLocal<>();

  private final Path folder;
  private final Twist twist;
  private final SplittableRandom random;
  private final Scheduler scheduler;
  private final Wires wires;
  private final Trace trace;
  private final Watch watch;
  private final List<Machine> machines = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();
  private final Set<Ref> liars = new LinkedHashSet<>();
  private Optional<Throwable> failure = Optional.empty();
  private boolean ended;

  private World(long seed, Path folder, Twist twist) {
    this.folder = folder;
    this.twist = twist;
    this.random = new SplittableRandom(seed);
    this.scheduler = new Scheduler(random.split());
    this.wires = new Wires(scheduler, random.split());
    this.trace = new Trace(scheduler);
    this.watch = new Watch(this);
  }

  /** What happens in a world. */
  @FunctionalInterface
  public interface Story {
    void tell(World world) throws Exception;
  }

  /**
   * What became of a world.
   *
   * @param trace what happened, in words; of a long story the end
   * @param print the same number each time the same happened in the same order at the same time
   * @param steps how often a thread went on
   * @param lasted of the world's own time
   * @param failure what must not happen and did
   */
  public record Outcome(
      List<String> trace, long print, long steps, Duration lasted, Optional<Throwable> failure) {}

  /**
   * Plays a world to its end.
   *
   * @param folder an empty one, for its disks
   */
  public static Outcome play(long seed, Path folder, Twist twist, Story story) {
    FreshDisk.image();
    World world = new World(seed, folder, twist);
    CURRENT.set(world);
    Complaints.listen();
    try {
      Thread teller = world.fork("story", () -> story.tell(world), () -> world.ended = true);
      boolean over = world.scheduler.run(LONGEST, () -> world.ended || world.failure.isPresent());
      if (!over) {
        WorldException endless = new WorldException("the story does not end; it waits here");
        endless.setStackTrace(teller.getStackTrace());
        world.fail(endless);
      }
      world.switchOff();
    } catch (RuntimeException | Error e) {
      world.fail(e);
    } finally {
      CURRENT.remove();
    }
    return new Outcome(
        world.trace.lines(),
        world.trace.print(),
        world.scheduler.steps(),
        Duration.ofNanos(world.scheduler.nowNanos()),
        world.failure);
  }

  /** Lets go of what the nodes hold that still run, because something broke. */
  private void switchOff() {
    for (Machine machine : machines) {
      if (machine.node().isPresent()) {
        fork("end", machine::stop);
      }
    }
    scheduler.run(OFF_WITHIN, () -> machines.stream().allMatch(Machine::isOff));
  }

  /** The world to which this thread belongs. */
  static Optional<World> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Does something beside all else; what it throws ends the world. */
  void fork(String name, Tasks.Task work) {
    fork(name, work, () -> {});
  }

  private Thread fork(String name, Tasks.Task work, Runnable after) {
    return scheduler
        .threads()
        .get()
        .name(name)
        .start(() -> {
          try {
            work.run();
          } catch (Throwable e) {
            fail(e);
          } finally {
            after.run();
          }
        });
  }

  /** Ends the world; the first that failed is what is told. */
  void fail(Throwable why) {
    if (failure.isEmpty()) {
      failure = Optional.of(why);
      say("world", "failed: " + why);
    }
  }

  /** One more computer, which is off. */
  Machine machine() {
    int number = machines.size() + 1;
    Machine machine = new Machine(this, number, folder.resolve("machine" + number), random.split());
    machines.add(machine);
    return machine;
  }

  /** Somebody moves in on a machine that runs. */
  Person person(Machine machine, String name) {
    Person person = Person.on(this, machine, name);
    people.add(person);
    return person;
  }

  List<Person> people() {
    return List.copyOf(people);
  }

  /** Whose own logs are no matter of ours. */
  Set<Ref> liars() {
    return liars;
  }

  /** A number for a machine that is none of ours. */
  int strangerNumber() {
    return STRANGERS + liars.size();
  }

  List<Machine> machines() {
    return List.copyOf(machines);
  }

  void begun(Machine machine, Node node) {
    watch.begun(machine, node);
  }

  Watch watch() {
    return watch;
  }

  void say(String who, String words) {
    trace.say(who + " " + words);
  }

  void sleep(Duration time) throws InterruptedException {
    new Waiting(scheduler).await(time);
  }

  /** The seed's choices of what happens. */
  SplittableRandom random() {
    return random;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Wires wires() {
    return wires;
  }

  Twist twist() {
    return twist;
  }
}
