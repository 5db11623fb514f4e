package org.skep.testkit.world;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.doors.Places;
import org.skep.kernel.Connection;
import org.skep.kernel.ConnectionHandler;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;

/** The way of one machine into the network, from one start to the next. */
final class WiredTransport implements Transport {
  private static final System.Logger LOG = System.getLogger(WiredTransport.class.getName());

  private final Wires wires;
  private final int machine;
  private final Tasks tasks;
  private final Set<WiredConnection> connections = new LinkedHashSet<>();
  private boolean off;

  WiredTransport(Wires wires, int machine, Tasks tasks) {
    this.wires = wires;
    this.machine = machine;
    this.tasks = tasks;
  }

  Wires wires() {
    return wires;
  }

  /** Whether the machine lost its power since. */
  boolean isOff() {
    return off;
  }

  /** The machine loses its power: nobody is told. */
  void off() {
    off = true;
    for (WiredConnection connection : List.copyOf(connections)) {
      connection.breakOff("this machine is off");
    }
  }

  void forget(WiredConnection connection) {
    connections.remove(connection);
  }

  @Override
  public Connection dial(Address address, Duration deadline) throws IOException {
    if (off) {
      throw new SocketException("this machine is off");
    }
    Wires.Way way = new Wires.Way(machine, wires.machineAt(address.port()));
    Call call = new Call(new WiredConnection(this, way, _ -> {}), new Waiting(wires.scheduler()));
    Wires.Packet packet = wires.send(way, 0, () -> ring(call, address, way), () -> {});
    boolean connected = false;
    try {
      if (!call.answered.await(deadline)) {
        throw new SocketTimeoutException("nobody answered in time");
      }
      if (!call.accepted || off) {
        throw new ConnectException("nobody listens there");
      }
      connected = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new SocketException("closed by interrupt").initCause(e);
    } finally {
      packet.over();
      call.over = true;
      if (call.accepted && !connected) {
        call.near.close();
      }
    }
    connections.add(call.near);
    return call.near;
  }

  /** Somebody who waits for an answer. */
  private static final class Call {
    private final WiredConnection near;
    private final Waiting answered;
    private boolean rung;
    private boolean accepted;
    private boolean over;

    Call(WiredConnection near, Waiting answered) {
      this.near = near;
      this.answered = answered;
    }
  }

  /** The call arrives, which it may do more than once. */
  private void ring(Call call, Address address, Wires.Way way) {
    if (!wires.isUp(way.to())) {
      return;
    }
    if (!call.rung && !call.over) {
      call.rung = true;
      call.accepted =
          wires.listener(address).map(listener -> listener.accept(call.near, way)).orElse(false);
    }
    wires.mention(way.back(), call.answered::wakeAll);
  }

  @Override
  public Listening listen(Address bind, int connectionsMax, ConnectionHandler handler)
      throws IOException {
    Listener listener = new Listener(bind, connectionsMax, handler);
    if (!wires.listen(bind.port(), listener)) {
      listener.scope.close();
      throw new BindException("the port is taken");
    }
    return listener;
  }

  /** A place where this machine listens. */
  final class Listener implements Listening {
    private final Address address;
    private final Places places;
    private final ConnectionHandler handler;
    private final Tasks.Scope scope;

    private Listener(Address address, int connectionsMax, ConnectionHandler handler) {
      this.address = address;
      this.places = new Places(connectionsMax);
      this.handler = handler;
      this.scope = tasks.scope("listen " + address);
    }

    /** Joins the other end with one here, if there is a place for it. */
    private boolean accept(WiredConnection far, Wires.Way way) {
      WiredConnection near = new WiredConnection(WiredTransport.this, way.back(), places::keep);
      near.join(far);
      far.join(near);
      if (off || !places.take(near)) {
        return false;
      }
      connections.add(near);
      scope.fork("connection", () -> serve(near));
      return true;
    }

    private void serve(WiredConnection connection) throws InterruptedException {
      try (connection) {
        handler.accept(connection);
      } catch (PeerException e) {
        LOG.log(System.Logger.Level.DEBUG, "closed {0}: {1}", connection.remote(), e.getMessage());
      } finally {
        places.leave(connection);
      }
    }

    @Override
    public Address address() {
      return address;
    }

    @Override
    public void close() {
      wires.deaf(address.port(), this);
      new ArrayList<>(places.all()).forEach(Connection::close);
      scope.close();
    }
  }
}
