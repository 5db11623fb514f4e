package org.skep.testkit.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.skep.app.Node;
import org.skep.engine.PersonView;
import org.skep.engine.Reader;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Feeds;
import org.skep.kernel.Ref;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;

/** The people of a world, what they do all day, and what each of them may expect of the others. */
final class Neighbours {
  private static final List<String> NAMES =
      List.of("Ana", "Ben", "Cid", "Dora", "Eli", "Fay", "Gus", "Hana");

  /** After all is mended. */
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(45);

  /** What nodes do soon after their start is done by then, such as letting go of logs. */
  private static final Duration TIDY_WITHIN = Duration.ofMinutes(2);

  private final World world;
  private final SplittableRandom random;
  private int saidSoFar;

  Neighbours(World world) {
    this.world = world;
    this.random = world.random().split();
  }

  /** Some people move in, each on a machine of her own, and most follow most. */
  void moveIn(int count) {
    for (int i = 0; i < count; i++) {
      Machine machine = world.machine();
      if (!machine.start()) {
        throw new WorldException("a machine does not start");
      }
      world.person(machine, NAMES.get(i));
    }
    for (Person person : world.people()) {
      for (Person other : world.people()) {
        if (!person.equals(other) && random.nextInt(5) > 0) {
          person.follow(other);
        }
      }
    }
  }

  /** Somebody waits a little and then does something. */
  void live(Person person, SplittableRandom own, boolean quarrels) throws InterruptedException {
    world.sleep(Duration.ofMillis(own.nextInt(30_000)));
    Person other = world.people().get(own.nextInt(world.people().size()));
    boolean alone = other.equals(person);
    switch (own.nextInt(12)) {
      case 0 -> person.like();
      case 1 -> {
        if (!alone) {
          person.follow(other);
        }
      }
      case 2 -> {
        if (!alone && quarrels) {
          person.block(other, own.nextBoolean());
        }
      }
      case 3 -> {
        if (!alone && quarrels) {
          person.unfollow(other);
        }
      }
      case 4 -> {
        byte[] file = new byte[1 + own.nextInt(own.nextInt(4) == 0 ? 300_000 : 5_000)];
        own.nextBytes(file);
        person.post(words(person, own), Bytes.wrap(file));
      }
      case 5 -> {
        int burst = own.nextInt(6);
        for (int i = 0; i < burst; i++) {
          person.post(words(person, own));
        }
      }
      default -> person.post(words(person, own));
    }
  }

  private String words(Person person, SplittableRandom own) {
    saidSoFar++;
    return person.name() + " " + saidSoFar + (own.nextInt(10) == 0 ? " " + "x".repeat(3_000) : "");
  }

  /** Everybody dials those whom she follows, as she would who wonders why nothing comes. */
  void connect() {
    for (Person person : world.people()) {
      for (Person other : world.people()) {
        if (!person.equals(other) && follows(person, other)) {
          person.connect(other);
        }
      }
    }
  }

  /**
   * Waits until everybody has what those whom she follows have said, and then looks at all that
   * must hold.
   *
   * @throws WorldException when it does not come, or something does not hold
   */
  void settle() throws InterruptedException {
    List<Listener> listeners = listeners();
    long end = world.scheduler().nowNanos() + SETTLED_WITHIN.toNanos();
    List<String> missing = missing(listeners);
    while (!missing.isEmpty()) {
      if (world.scheduler().nowNanos() > end) {
        throw new WorldException("after all was mended it does not come: " + missing);
      }
      world.sleep(Duration.ofSeconds(5));
      missing = missing(listeners);
    }
    world.say("world", "has settled");
    world.sleep(TIDY_WITHIN);
    new Afterwards(world).check();
    for (Machine machine : world.machines()) {
      if (machine.node().isPresent()) {
        machine.stop();
      }
    }
  }

  /** Somebody who is to have all that another one says. */
  private record Listener(Person person, Person other) {
    List<String> missing() {
      List<String> missing = new ArrayList<>();
      long there = head(other, other.feed());
      long here = head(person, other.feed());
      if (here < there) {
        missing.add("%s has %d of %d of %s".formatted(person.name(), here, there, other.name()));
      }
      long files = filesMissing(person, other);
      if (files > 0) {
        missing.add("%s lacks %d files of %s".formatted(person.name(), files, other.name()));
      }
      return missing;
    }
  }

  private List<Listener> listeners() {
    return world.people().stream()
        .flatMap(person ->
            world.people().stream()
                .filter(other -> !person.equals(other))
                .filter(other -> follows(person, other) && !isKeptOut(person, other))
                .map(other -> new Listener(person, other)))
        .toList();
  }

  private static List<String> missing(List<Listener> listeners) {
    return listeners.stream().flatMap(each -> each.missing().stream()).toList();
  }

  private static long filesMissing(Person person, Person other) {
    Blobs blobs = person.machine().node().orElseThrow().blobs();
    return other.shown().stream().filter(blob -> blobs.find(blob).isEmpty()).count();
  }

  private static long head(Person person, Ref author) {
    Node node = person.machine().node().orElseThrow();
    Feeds feeds = new SqliteFacts(node.store(), new SqliteAliases());
    return node.store().read(tx -> feeds.head(tx, author, "").map(Feeds.Head::sequence).orElse(0L));
  }

  private static boolean follows(Person who, Person whom) {
    return contains(reader(who).following(who.account()), whom);
  }

  /** Whether somebody gives her nothing, or did so aloud once. */
  private static boolean isKeptOut(Person person, Person other) {
    return other.blockedAloud(person) || contains(reader(other).blocking(other.account()), person);
  }

  private static Reader reader(Person person) {
    return person.machine().node().orElseThrow().engine().reader();
  }

  private static boolean contains(List<PersonView> some, Person other) {
    return some.stream().anyMatch(each -> each.identities().contains(other.feed()));
  }
}
