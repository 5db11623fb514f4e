package org.skep.testkit.world;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Somebody copies her data folder to a second computer and starts both, sooner or later and however
 * she answers what the second one asks. Two that write as one person would fork her log for ever:
 * only one of them may.
 */
final class Twins implements World.Story {
  /** What she says when the second computer asks. */
  private enum Answer {
    NOTHING,
    COPIED
  }

  @Override
  public void tell(World world) throws Exception {
    SplittableRandom random = world.random().split();
    Neighbours neighbours = new Neighbours(world);
    neighbours.moveIn(2);
    Person ana = world.people().getFirst();
    for (int i = 0; i < 10; i++) {
      neighbours.live(ana, random, false);
    }
    Machine first = ana.machine();
    boolean crashed = random.nextBoolean();
    if (crashed) {
      first.crash();
    } else {
      first.stop();
    }
    Machine second = world.machine();
    second.restore(first.data());
    if (!first.start() || !second.start()) {
      throw new WorldException("a machine does not start");
    }
    world.say(ana.name(), "has a second computer, with a copy of the first one's folder");
    Person twin = ana.at(second);
    Answer answer = Answer.values()[random.nextInt(Answer.values().length)];
    int asked = random.nextInt(10);
    for (int i = 0; i < 20; i++) {
      if (i == asked && answer == Answer.COPIED) {
        twin.with(
            "answer",
            node -> {
              node.copied();
              return true;
            });
        world.say(twin.name(), "says that this is a copy");
      }
      Person writes = random.nextBoolean() ? ana : twin;
      writes.post(writes.name() + ", later " + i);
      world.sleep(Duration.ofMillis(random.nextInt(20_000)));
      if (random.nextInt(6) == 0) {
        Machine machine = random.nextBoolean() ? first : second;
        machine.crash();
        machine.start();
        world.say(machine.name(), "lost its power and is on again");
      }
    }
    if (!twin.said().isEmpty()) {
      throw new WorldException("both computers wrote as one person");
    }
    if (ana.said().isEmpty()) {
      throw new WorldException("the first computer wrote nothing any more");
    }
    second.stop();
    neighbours.connect();
    neighbours.settle();
  }
}
