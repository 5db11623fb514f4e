package org.skep.testkit.world;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.skep.kernel.Transport;

/**
 * The network between the machines of a world. Packets are lost, late, doubled and overtaken; like
 * TCP, whoever sends one sends it again until it is answered, or gives up.
 */
final class Wires {
  private static final Duration FIRST_AGAIN = Duration.ofMillis(300);
  private static final Duration LAST_AGAIN = Duration.ofSeconds(20);

  /** How long a packet is tried before the connection counts as broken. */
  static final Duration GIVE_UP = Duration.ofMinutes(3);

  private static final int HEADER_BYTES = 40;
  private static final int FIRST_PORT = 20_000;

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Map<Way, Weather> weather = new HashMap<>();
  private final Map<Way, Long> freeAtNanos = new HashMap<>();
  private final Set<Way> cut = new HashSet<>();
  private final Map<Integer, WiredTransport.Listener> listeners = new HashMap<>();
  private final Set<Integer> up = new HashSet<>();

  Wires(Scheduler scheduler, RandomGenerator random) {
    this.scheduler = scheduler;
    this.random = random;
  }

  /** From one machine to another. */
  record Way(int from, int to) {
    Way back() {
      return new Way(to, from);
    }
  }

  Scheduler scheduler() {
    return scheduler;
  }

  void weather(Way way, Weather now) {
    weather.put(way, now);
  }

  /** Nothing comes through this way any more. */
  void cut(Way way) {
    cut.add(way);
  }

  void mend(Way way) {
    cut.remove(way);
  }

  /** All comes through from now on, and soon. */
  void mendAll() {
    cut.clear();
    weather.clear();
    freeAtNanos.clear();
  }

  /** A machine has power, or has lost it. */
  void up(int machine, boolean hasPower) {
    if (hasPower) {
      up.add(machine);
    } else {
      up.remove(machine);
      listeners.remove(portOf(machine));
    }
  }

  boolean isUp(int machine) {
    return up.contains(machine);
  }

  /** The one port of a machine. */
  static int portOf(int machine) {
    return FIRST_PORT + machine;
  }

  int machineAt(int port) {
    return port - FIRST_PORT;
  }

  /** Who listens at a port, of whatever machine: a port is one machine's alone. */
  Optional<WiredTransport.Listener> listener(Transport.Address address) {
    return Optional.ofNullable(listeners.get(address.port()));
  }

  boolean listen(int port, WiredTransport.Listener listener) {
    return listeners.putIfAbsent(port, listener) == null;
  }

  void deaf(int port, WiredTransport.Listener listener) {
    listeners.remove(port, listener);
  }

  /** A packet on its way, sent again and again until it was answered or given up. */
  final class Packet {
    private final Way way;
    private final int bytes;
    private final Runnable arrival;
    private final Runnable givenUp;
    private final long begunNanos = scheduler.nowNanos();
    private Duration again = FIRST_AGAIN;
    private boolean over;

    private Packet(Way way, int bytes, Runnable arrival, Runnable givenUp) {
      this.way = way;
      this.bytes = bytes;
      this.arrival = arrival;
      this.givenUp = givenUp;
    }

    /** It was answered, or nobody waits for that any more. */
    void over() {
      over = true;
    }

    private void go() {
      if (over) {
        return;
      }
      if (scheduler.nowNanos() - begunNanos > GIVE_UP.toNanos()) {
        over = true;
        givenUp.run();
        return;
      }
      Weather now = weather.getOrDefault(way, Weather.FAIR);
      long leaves =
          Math.max(scheduler.nowNanos(), freeAtNanos.getOrDefault(way, 0L))
              + now.leavesAfterNanos(bytes + HEADER_BYTES);
      freeAtNanos.put(way, leaves);
      long queued = leaves - scheduler.nowNanos();
      if (!now.loses(random)) {
        arriveAfter(queued + now.takesNanos(random));
      }
      if (now.doubles(random)) {
        arriveAfter(queued + now.takesNanos(random));
      }
      scheduler.inNanos(queued + again.toNanos(), this::go);
      Duration twice = again.multipliedBy(2);
      again = twice.compareTo(LAST_AGAIN) < 0 ? twice : LAST_AGAIN;
    }

    private void arriveAfter(long nanos) {
      scheduler.inNanos(
          nanos,
          () -> {
            if (!cut.contains(way)) {
              arrival.run();
            }
          });
    }
  }

  /**
   * Sends a packet.
   *
   * @param arrival each time it arrives, which may be more than once
   * @param givenUp when it was tried for long enough
   */
  Packet send(Way way, int bytes, Runnable arrival, Runnable givenUp) {
    Packet packet = new Packet(way, bytes, arrival, givenUp);
    packet.go();
    return packet;
  }

  /** Sends something that needs no answer: it arrives once, twice or never. */
  void mention(Way way, Runnable arrival) {
    Weather now = weather.getOrDefault(way, Weather.FAIR);
    if (!now.loses(random) && !cut.contains(way)) {
      scheduler.inNanos(
          now.takesNanos(random),
          () -> {
            if (!cut.contains(way)) {
              arrival.run();
            }
          });
    }
  }
}
