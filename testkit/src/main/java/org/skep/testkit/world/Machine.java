package org.skep.testkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.skep.app.Config;
import org.skep.app.Doors;
import org.skep.app.Node;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Lane;
import org.skep.kernel.Randomness;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;
import org.skep.networks.scuttlebutt.message.SignCap;

/**
 * A computer of a world: a disk, a clock, a place in the network, and, while it has power, a node.
 * Called from threads of the world.
 */
final class Machine {
  static final Bytes NETWORK_KEY = Bytes.wrap(new byte[32]);

  private final World world;
  private final int number;
  private final Path folder;
  private final SplittableRandom random;
  private final WorldClock clock;
  private Optional<Life> life = Optional.empty();
  private boolean diskFull;
  private int ending;

  Machine(World world, int number, Path folder, SplittableRandom random) {
    this.world = world;
    this.number = number;
    this.folder = folder;
    this.random = random;
    this.clock = new WorldClock(world.scheduler());
  }

  /** From one start to the next stop. */
  record Life(Node node, WiredTransport transport) {}

  int number() {
    return number;
  }

  String name() {
    return "machine " + number;
  }

  WorldClock clock() {
    return clock;
  }

  /** What runs on it; empty while it is off. */
  Optional<Node> node() {
    return life.map(Life::node);
  }

  void diskFull(boolean full) {
    diskFull = full;
  }

  /**
   * Gives it power.
   *
   * @return whether its node runs; it does not where the disk is full
   */
  boolean start() {
    ThreadTasks tasks = new ThreadTasks(world.scheduler().threads(), new OnTheSpot());
    WiredTransport transport = new WiredTransport(world.wires(), number, tasks);
    world.wires().up(number, true);
    MachineDoors doors = new MachineDoors(tasks, transport, new SeededRandomness(random.split()));
    try {
      Node node = Node.start(config(), doors, _ -> {});
      life = Optional.of(new Life(node, transport));
      world.begun(this, node);
      return true;
    } catch (DiskException e) {
      world.wires().up(number, false);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Config config() {
    return new Config(
        dataFolder(),
        Optional.of(folder.resolve("state")),
        0,
        64,
        Wires.portOf(number),
        NETWORK_KEY,
        0,
        SignCap.NONE);
  }

  /** Somebody stops the node in order. */
  void stop() {
    end(life.orElseThrow());
  }

  private void end(Life last) {
    life = Optional.empty();
    ending++;
    last.node().close();
    world.wires().up(number, false);
    ending--;
  }

  /** Whether nothing runs on it, and nothing is about to end. */
  boolean isOff() {
    return life.isEmpty() && ending == 0;
  }

  /** The power fails. What the node does from then on nobody sees, and nothing of it stays. */
  void crash() {
    Life last = life.orElseThrow();
    try {
      DiskImage image = DiskImage.of(folder).afterPowerCut(random);
      last.transport().off();
      world.wires().up(number, false);
      end(last);
      image.restore(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that lies in the data folder of this machine, which must be off. */
  DiskImage data() {
    try {
      return DiskImage.of(dataFolder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts something in the place of what lies in the data folder of this machine, which is off. */
  void restore(DiskImage data) {
    try {
      data.restore(dataFolder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path dataFolder() {
    return folder.resolve("data");
  }

  private final class MachineDoors implements Doors {
    private final ThreadTasks own;
    private final Tasks tasks;
    private final Transport transport;
    private final Randomness randomness;

    MachineDoors(ThreadTasks own, Transport transport, Randomness randomness) {
      this.own = own;
      this.tasks = world.twist().tasks(own);
      this.transport = transport;
      this.randomness = randomness;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Randomness randomness() {
      return randomness;
    }

    @Override
    public Tasks tasks() {
      return tasks;
    }

    @Override
    public Transport transport() {
      return transport;
    }

    @Override
    public Store store(Store real) {
      return world.twist().store(new StoreOnThisDisk(real));
    }

    @Override
    public Blobs blobs(Blobs real) {
      return world.twist().blobs(real);
    }

    @Override
    public boolean hasPage() {
      return false;
    }

    @Override
    public void close() {
      own.close();
    }
  }

  /** While the disk is full, what is written is undone as a whole. */
  private final class StoreOnThisDisk extends StoreOver {
    StoreOnThisDisk(Store real) {
      super(real);
    }

    @Override
    public <T> T write(Lane lane, Work<T> work) {
      return super.write(
          lane,
          tx -> {
            T answer = work.with(tx);
            if (diskFull) {
              throw new DiskException("the disk is full", new IOException("made up"));
            }
            return answer;
          });
    }
  }
}
