package org.skep.testkit.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few people who follow each other, each on a machine of her own. For a while they live there and
 * things go wrong, as many and such as the seed and the story say; then all is mended, and what
 * each of them follows has to come.
 */
final class Town implements World.Story {
  /** About what a start takes. */
  private static final long STARTING_NANOS = 2_000_000;

  private static final List<Integer> PEOPLE = List.of(2, 2, 2, 2, 2, 3, 3, 4);

  private final Troubles troubles;

  /**
   * What may go wrong in a town.
   *
   * @param network packets are lost and late, ways are cut
   * @param power machines lose their power, or are stopped
   * @param quarrels people block each other, and make up again
   * @param clocks somebody sets the hour
   * @param disks disks are full for a while
   * @param liars somebody whom all follow lies, and another answers slowly or not at all
   */
  record Troubles(
      boolean network,
      boolean power,
      boolean quarrels,
      boolean clocks,
      boolean disks,
      boolean liars) {
    static final Troubles NONE = new Troubles(false, false, false, false, false, false);
    static final Troubles ALL = new Troubles(true, true, true, true, true, true);
  }

  Town(Troubles troubles) {
    this.troubles = troubles;
  }

  @Override
  public void tell(World world) throws Exception {
    new Telling(world).tell();
  }

  private final class Telling {
    private final World world;
    private final Neighbours neighbours;
    private final SplittableRandom random;
    private boolean wild = true;
    private int busy;

    Telling(World world) {
      this.world = world;
      this.neighbours = new Neighbours(world);
      this.random = world.random().split();
    }

    void tell() throws Exception {
      // Mostly few, because most faults show among few, and more of such worlds can be played.
      neighbours.moveIn(PEOPLE.get(random.nextInt(PEOPLE.size())));
      if (troubles.liars()) {
        Liar.moveIn(world);
      }
      begin("weather", troubles.network(), this::makeWeather);
      begin("power", troubles.power(), this::cutPower);
      begin("clocks", troubles.clocks(), this::setClocks);
      begin("disks", troubles.disks(), this::fillDisks);
      for (Person person : world.people()) {
        SplittableRandom own = random.split();
        begin(person.name(), true, () -> neighbours.live(person, own, troubles.quarrels()));
      }
      world.sleep(Duration.ofSeconds(6 + random.nextInt(random.nextInt(10) == 0 ? 120 : 24)));
      wild = false;
      while (busy > 0) {
        world.sleep(Duration.ofSeconds(1));
      }
      mend();
      neighbours.settle();
    }

    private interface Part {
      void go() throws Exception;
    }

    private void begin(String name, boolean wanted, Part part) {
      if (wanted) {
        busy++;
        world.fork(
            name,
            () -> {
              while (wild) {
                part.go();
              }
              busy--;
            });
      }
    }

    private Machine anyMachine() {
      List<Machine> machines = world.machines();
      return machines.get(random.nextInt(machines.size()));
    }

    private void sleepUpTo(int seconds) throws InterruptedException {
      world.sleep(Duration.ofMillis(random.nextInt(seconds * 1_000)));
    }

    private void makeWeather() throws InterruptedException {
      Wires.Way way = new Wires.Way(anyMachine().number(), anyMachine().number());
      world.wires().weather(way, Weather.some(random));
      if (random.nextInt(3) == 0) {
        boolean both = random.nextBoolean();
        world.say("weather", "cuts " + way + (both ? " both ways" : ""));
        world.wires().cut(way);
        if (both) {
          world.wires().cut(way.back());
        }
        sleepUpTo(60);
        world.wires().mend(way);
        world.wires().mend(way.back());
      }
      sleepUpTo(20);
    }

    private void cutPower() throws InterruptedException {
      sleepUpTo(40);
      Machine machine = anyMachine();
      if (machine.node().isEmpty()) {
        return;
      }
      if (random.nextInt(4) == 0) {
        world.say(machine.name(), "is stopped");
        machine.stop();
      } else {
        world.say(machine.name(), "loses its power");
        machine.crash();
      }
      boolean on = false;
      while (wild && !on) {
        sleepUpTo(30);
        if (random.nextInt(3) == 0) {
          Duration soon = Duration.ofNanos(random.nextLong(STARTING_NANOS));
          world.fork("power", () -> cutWhileStarting(machine, soon));
        }
        on = machine.start();
        world.say(machine.name(), on ? "is on again" : "does not start");
      }
    }

    private void cutWhileStarting(Machine machine, Duration soon) throws InterruptedException {
      world.sleep(soon);
      if (machine.isStarting()) {
        world.say(machine.name(), "loses its power while it starts");
        machine.crash();
      }
    }

    private void setClocks() throws InterruptedException {
      sleepUpTo(60);
      Duration wrong = Duration.ofHours(random.nextInt(-200_000, 200_000));
      Machine machine = anyMachine();
      world.say(machine.name(), "has a clock that is wrong by " + wrong);
      machine.clock().setWrongBy(wrong);
    }

    private void fillDisks() throws InterruptedException {
      sleepUpTo(60);
      Machine machine = anyMachine();
      machine.diskFull(true);
      world.say(machine.name(), "has a full disk");
      sleepUpTo(30);
      machine.diskFull(false);
      world.say(machine.name(), "has room again");
    }

    private void mend() {
      world.say("world", "is mended");
      world.wires().mendAll();
      for (Machine machine : world.machines()) {
        if (machine.node().isEmpty() && !machine.start()) {
          throw new WorldException(machine.name() + " does not start");
        }
      }
      neighbours.connect();
    }
  }
}
