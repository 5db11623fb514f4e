package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.skep.kernel.Clock;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** Skep beside the ssb-db2 stack: both fetch the same past from one and the same Skep. */
final class PeersBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** When nothing more has come for so long, the program is asked whether it has all. */
  private static final Duration STILL = Duration.ofSeconds(1);

  private final Clock clock;

  PeersBenchmark(Clock clock) {
    this.clock = clock;
  }

  /** Who fetches from whom. */
  private enum Pairing {
    SKEP("Skep from Skep"),
    SKEP_BARE("Skep without libsodium, from the same Skep"),
    SSB_DB2("ssb-db2 from the same Skep"),
    SSB_DB2_ALONE("ssb-db2 from ssb-db2");

    private final String words;

    Pairing(String words) {
      this.words = words;
    }
  }

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public List<String> words() {
    return List.of(
        "Skep and the ssb-db2 stack in turn fetch all messages over loopback from the same prepared",
        "Skep. CPU is the receiver's whole process, its start and its compilers' work with it, until it",
        "has all. The second half is what that costs beyond a past half as long, fetched in the same",
        "round: there the start and most of the compilers' work are over. The wall clock runs from the",
        "wish to connect until the last has come, on cores that giver and receiver share. Skep fetches",
        "them with libsodium, where it can be used, and without. With --picture=FILE it is drawn.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about thirteen minutes";
  }

  /** What one fetching took. */
  private record Fetch(
      Duration cpu, Duration wall, double memoryBytes, double diskBytes, Duration giver) {
    Intake intake(Size size, Fetch half) {
      return new Intake(size.messages(), cpu, half.cpu, giver, wall, memoryBytes, diskBytes);
    }
  }

  /** A past, and an ssb-db2 that has it. */
  private record Given(Past past, Path loaded) {}

  /** What was there at a moment. */
  private record Look(long nanos, Duration cpu, long arrived) {}

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    for (Size size : setting.sizes()) {
      if (size.messages() / 2 < size.authors()) {
        out.accept("");
        out.accept(size + " can't be halved: left out");
        continue;
      }
      Path place = folder.resolve("round");
      Given whole = give(size, folder.resolve(size.messages() + "x" + size.authors()));
      Given half =
          give(
              new Size(size.messages() / 2, size.authors()),
              folder.resolve(size.messages() + "x" + size.authors() + " half"));
      Map<Pairing, Side> sides = new EnumMap<>(Pairing.class);
      for (Pairing pairing : Pairing.values()) {
        sides.put(pairing, new Side(pairing.words, new ArrayList<>()));
      }
      for (int round = 0; round < setting.rounds(); round++) {
        for (Map.Entry<Pairing, Side> each : sides.entrySet()) {
          Fetch ofHalf = measure(each.getKey(), half, place);
          Fetch ofWhole = measure(each.getKey(), whole, place);
          each.getValue().rounds().add(ofWhole.intake(size, ofHalf));
        }
      }
      for (Side side : sides.values()) {
        side.tell(size, out);
        side.tellAside("giver", out);
      }
      Side ours = Objects.requireNonNull(sides.get(Pairing.SKEP));
      Side bare = Objects.requireNonNull(sides.get(Pairing.SKEP_BARE));
      Side theirs = Objects.requireNonNull(sides.get(Pairing.SSB_DB2));
      ours.compare(theirs, out);
      bare.compare(theirs, out);
      if (setting.picture().isPresent()) {
        Files.writeString(setting.picture().get(), picture(size, List.of(ours, theirs)).svg());
      }
    }
  }

  private Picture picture(Size size, List<Side> sides) {
    return new Picture(
        "Taking in " + size,
        "Median of %d rounds. %s"
            .formatted(sides.getFirst().rounds().size(), new Conditions(clock).inShort()),
        sides);
  }

  private static Given give(Size size, Path made) throws IOException, InterruptedException {
    Past past = Past.prepare(size, made);
    Path loaded = made.resolve("ssb-db2");
    load(past, loaded);
    return new Given(past, loaded);
  }

  /** Fills the folder of an ssb-db2 once. */
  private static void load(Past past, Path folder) throws IOException, InterruptedException {
    Path file = folder.resolveSibling("messages.jsonl");
    Past.write(past.size().fixture().stream(), file);
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder, Peer.NETWORK_KEY)) {
      peer.load(file);
    }
    Files.delete(file);
  }

  private Fetch measure(Pairing pairing, Given given, Path place)
      throws IOException, InterruptedException {
    Past past = given.past();
    Folders.delete(place);
    Files.createDirectories(place);
    Path from = place.resolve("giver");
    Path to = place.resolve("receiver");
    Folders.copy(pairing == Pairing.SSB_DB2_ALONE ? given.loaded() : past.giver(), from);
    try (Giver giver =
            pairing == Pairing.SSB_DB2_ALONE
                ? Giver.ssbDb2(clock, from, Taker.feeds(past))
                : Giver.skep(clock, from);
        Taker taker =
            switch (pairing) {
              case SKEP -> Taker.skep(clock, past, to, Peer.Way.USUAL);
              case SKEP_BARE -> Taker.skep(clock, past, to, Peer.Way.USUAL.unaccelerated());
              case SSB_DB2, SSB_DB2_ALONE -> Taker.ssbDb2(past, to);
            }) {
      Duration before = giver.usage().cpu();
      List<Look> looks = watch(giver, taker);
      Look last = looks.getLast();
      return new Fetch(
          last.cpu(),
          Duration.ofNanos(lastGrowth(looks).nanos() - looks.getFirst().nanos()),
          taker.usage().mostMemory().orElse(0),
          taker.stop(),
          giver.usage().cpu().minus(before));
    }
  }

  /** From the wish to connect until the receiver has all. */
  private List<Look> watch(Giver giver, Taker taker) throws IOException, InterruptedException {
    List<Look> looks = new ArrayList<>(List.of(look(taker)));
    taker.connect(giver.address());
    long end = clock.monotonicNanos() + PATIENCE.toNanos();
    boolean all = false;
    while (!all) {
      clock.sleep(LOOK_EVERY);
      looks.add(look(taker));
      long still = looks.getLast().nanos() - lastGrowth(looks).nanos();
      if (still > STILL.toNanos() && looks.getLast().arrived() > 0) {
        all = taker.hasAll();
        looks.add(look(taker));
      }
      if (clock.monotonicNanos() - end > 0) {
        throw new IOException("not all came within " + PATIENCE.toMinutes() + " minutes");
      }
    }
    return looks;
  }

  private Look look(Taker taker) throws IOException {
    return new Look(clock.monotonicNanos(), taker.usage().cpu(), taker.arrived());
  }

  private static Look lastGrowth(List<Look> looks) {
    long most = looks.getLast().arrived();
    return looks.stream().filter(look -> look.arrived() == most).findFirst().orElseThrow();
  }
}
