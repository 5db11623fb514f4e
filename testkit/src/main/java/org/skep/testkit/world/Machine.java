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
  private Optional<Boot> boot = Optional.empty();
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

  /** From the moment there is power until the node runs, or doesn't. */
  private static final class Boot {
    final WiredTransport transport;

    /** What the disk held when the power failed meanwhile. */
    Optional<DiskImage> left = Optional.empty();

    Boot(WiredTransport transport) {
      this.transport = transport;
    }
  }

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
   * @return whether its node runs; it does not where the disk is full, or the power fails again
   */
  boolean start() {
    ThreadTasks tasks = new ThreadTasks(world.scheduler().threads(), new OnTheSpot());
    WiredTransport transport = new WiredTransport(world.wires(), number, tasks);
    world.wires().up(number, true);
    MachineDoors doors = new MachineDoors(tasks, transport, new SeededRandomness(random.split()));
    Boot now = new Boot(transport);
    boot = Optional.of(now);
    try {
      Node node = Node.start(config(), doors, _ -> {});
      boot = Optional.empty();
      if (now.left.isPresent()) {
        end(node);
        return false;
      }
      life = Optional.of(new Life(node, transport));
      world.begun(this, node);
      return true;
    } catch (DiskException e) {
      world.wires().up(number, false);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      boot = Optional.empty();
      now.left.ifPresent(this::put);
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

  /** Whether it has power and its node does not run yet. */
  boolean isStarting() {
    return boot.isPresent();
  }

  /** Somebody stops the node in order. */
  void stop() {
    Node node = life.orElseThrow().node();
    life = Optional.empty();
    end(node);
  }

  private void end(Node node) {
    ending++;
    node.close();
    world.wires().up(number, false);
    ending--;
  }

  /** Whether nothing runs on it, and nothing is about to end. */
  boolean isOff() {
    return life.isEmpty() && boot.isEmpty() && ending == 0;
  }

  /**
   * The power fails, while the node runs or starts. What it does from then on nobody sees, and
   * nothing of it stays.
   */
  void crash() {
    DiskImage left = left();
    world.wires().up(number, false);
    if (boot.isPresent()) {
      boot.get().transport.off();
      boot.get().left = Optional.of(left);
    } else {
      Life last = life.orElseThrow();
      life = Optional.empty();
      last.transport().off();
      end(last.node());
      put(left);
    }
  }

  private DiskImage left() {
    try {
      return DiskImage.of(folder).afterPowerCut(random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(DiskImage left) {
    try {
      left.restore(folder);
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
