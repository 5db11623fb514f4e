package org.skep.networks.scuttlebutt.replication;

import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/** Replicates over one connection, in the role that falls to this side. Any thread. */
public final class Replication {
  private static final System.Logger LOG = System.getLogger(Replication.class.getName());
  private static final int VERSION = 3;
  private static final String FORMAT = "classic";

  private final Replica replica;
  private final AskedPeers turns;
  private final Clock clock;
  private final Tasks tasks;
  private final HistoryServer history;
  private final AtomicBoolean serving = new AtomicBoolean();
  private final AtomicBoolean asking = new AtomicBoolean();

  /**
   * @param turns one for all connections of the program
   */
  public Replication(Replica replica, AskedPeers turns, Clock clock, Tasks tasks) {
    this.replica = replica;
    this.turns = turns;
    this.clock = clock;
    this.tasks = tasks;
    this.history = new HistoryServer(replica, clock);
  }

  /** Adds the methods by which the other side replicates with us. */
  public RpcMethods.Builder serve(RpcMethods.Builder methods) {
    return methods
        .source("createHistoryStream", this::serveHistory)
        .duplex("ebt.replicate", this::serveEbt);
  }

  /**
   * An old program that dialled follows its own feed here, and asks for others only when it is
   * asked itself; so it is, as long as it follows. Whoever only reads has nothing for us.
   */
  private void serveHistory(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    boolean mayFollow = HistoryRequest.parse(request.options()).live() && !serving.get();
    if (!mayFollow || !asking.compareAndSet(false, true)) {
      history.serve(request, stream);
      return;
    }
    try (Tasks.Scope scope = tasks.scope("history both ways")) {
      RpcConnection connection = stream.connection();
      scope.fork(
          "asking for history",
          () -> connection.beside(() -> new HistoryClient(connection, replica, clock).run(tasks)));
      history.serve(request, stream);
    } finally {
      asking.set(false);
    }
  }

  private void serveEbt(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    JsObject options = request.options();
    boolean version3 = options.get("version").orElse(null) instanceof JsNumber(double v) && v == 3;
    if (!version3) {
      throw new RpcException("expected ebt.replicate({version: 3})");
    }
    if (!options.string("format").orElse(FORMAT).equals(FORMAT)) {
      throw new RpcException("only classic feeds are replicated here");
    }
    if (!serving.compareAndSet(false, true)) {
      throw new RpcException("already replicating");
    }
    try {
      new EbtSession(stream, replica, turns, clock, false).run(tasks);
    } finally {
      serving.set(false);
    }
  }

  /**
   * The part of the side that dialled: calls {@code ebt.replicate}, and falls back to {@code
   * createHistoryStream} when the other side refuses before it has said anything.
   *
   * @throws PeerException when the connection is gone, or the other side breaks the protocol
   */
  public void call(RpcConnection connection) throws PeerException, InterruptedException {
    // Whoever dialled asks in any case, by the one way or the other.
    asking.set(true);
    JsObject options =
        JsObject.EMPTY.with("version", new JsNumber(VERSION)).with("format", new JsString(FORMAT));
    RpcStream stream = connection.open(RpcKind.DUPLEX, "ebt.replicate", options);
    EbtSession session = new EbtSession(stream, replica, turns, clock, true);
    try {
      session.run(tasks);
      stream.end();
    } catch (RpcException e) {
      stream.end();
      LOG.log(System.Logger.Level.DEBUG, "the other side ended ebt.replicate: {0}", e.getMessage());
      if (!session.wasUnderstood()) {
        new HistoryClient(connection, replica, clock).run(tasks);
      }
    }
  }
}
