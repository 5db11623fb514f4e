package org.skep.networks.scuttlebutt.replication;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.rpc.MemoryLine;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;

/** Two programs joined by a line in memory, each on threads of its own. */
public final class Peers implements AutoCloseable {
  private final MemoryLine.Pair line = MemoryLine.Pair.make();
  private final ThreadTasks tasks = new ThreadTasks();
  private final List<Thread> threads = new ArrayList<>();
  private final Clock clock;

  public Peers() {
    this(new SystemClock());
  }

  Peers(Clock clock) {
    this.clock = clock;
  }

  /** Starts the side that waits to be called. */
  public RpcConnection answering(RpcMethods.Builder methods) {
    return running(line.there(), methods);
  }

  RpcConnection answering(MemoryReplica replica) {
    return answering(replica, false);
  }

  /** Starts the far side with nobody at the near one, replicating if it shall. */
  RpcConnection answering(MemoryReplica replica, boolean itCalls) {
    return answering(replica, replica.turns, itCalls);
  }

  /** {@link #answering(MemoryReplica, boolean)} for one of several lines of a replica. */
  RpcConnection answering(Replica replica, AskedPeers turns, boolean itCalls) {
    Replication replication = new Replication(replica, turns, clock, tasks);
    RpcConnection connection = answering(replication.serve(RpcMethods.serving()));
    if (itCalls) {
      threads.add(Thread.ofVirtual().start(() -> replicate(replication, connection)));
    }
    return connection;
  }

  /** What is written here is heard by the far side, as it stands. */
  OutputStream rawOutput() {
    return line.here().output();
  }

  /** Waits until the far side says something. */
  void awaitFirstWord() throws IOException {
    if (line.here().input().read() < 0) {
      throw new IOException("the far side said nothing");
    }
  }

  /** Reads and forgets what the far side says. */
  void drainAnswers() {
    threads.add(Thread.ofVirtual().start(this::drain));
  }

  private void drain() {
    try {
      line.here().input().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The line is cut at the end of a test.
    }
  }

  /** Starts the side that calls, without replicating by itself. */
  public RpcConnection calling(RpcMethods.Builder methods) {
    return running(line.here(), methods);
  }

  /** Starts the side that calls, replicating. */
  RpcConnection calling(MemoryReplica replica) {
    return calling(replica, replica.turns);
  }

  RpcConnection calling(Replica replica, AskedPeers turns) {
    Replication replication = new Replication(replica, turns, clock, tasks);
    RpcConnection connection = calling(replication.serve(RpcMethods.serving()));
    threads.add(Thread.ofVirtual().start(() -> replicate(replication, connection)));
    return connection;
  }

  private static void replicate(Replication replication, RpcConnection connection) {
    try {
      replication.call(connection);
    } catch (PeerException e) {
      connection.abort(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RpcConnection running(MemoryLine end, RpcMethods.Builder methods) {
    // Not on the clock of a test, which may run ahead of the threads and find a packet stuck.
    RpcConnection connection =
        new RpcConnection(end, methods.build(), RpcLimits.DEFAULT, new SystemClock());
    threads.add(Thread.ofVirtual().start(() -> run(connection)));
    return connection;
  }

  private void run(RpcConnection connection) {
    try {
      connection.run(tasks);
    } catch (IOException | PeerException e) {
      line.here().breakOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    line.here().breakOff();
    // Who sleeps on a test's clock would not wake by itself.
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      boolean ended = false;
      while (!ended) {
        try {
          thread.join();
          ended = true;
        } catch (InterruptedException e) {
          thread.interrupt();
        }
      }
    }
    tasks.close();
  }
}
