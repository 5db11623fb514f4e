package org.skep.doors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.skep.kernel.Connection;
import org.skep.kernel.ConnectionHandler;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;

/** TCP sockets. */
public final class TcpTransport implements Transport {
  private static final System.Logger LOG = System.getLogger(TcpTransport.class.getName());
  private static final int BACKLOG = 64;

  /** After a connection could not be taken, so that trying again does not use up a processor. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Where listening sockets come from; a test may give others. */
  interface Sockets {
    ServerSocket open() throws IOException;
  }

  private final Tasks tasks;
  private final Sockets sockets;

  public TcpTransport(Tasks tasks) {
    this(tasks, ServerSocket::new);
  }

  TcpTransport(Tasks tasks, Sockets sockets) {
    this.tasks = tasks;
    this.sockets = sockets;
  }

  @Override
  public Connection dial(Address address, Duration deadline) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) deadline.toMillis());
      return new TcpConnection(socket, address.toString());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Listening listen(Address bind, int connectionsMax, ConnectionHandler handler)
      throws IOException {
    ServerSocket server = sockets.open();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(bind.host(), bind.port()), BACKLOG);
      return new TcpListening(
          server, new Address(bind.host(), server.getLocalPort()), connectionsMax, handler, tasks);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static final class TcpListening implements Listening {
    private final ServerSocket server;
    private final Address address;
    private final ConnectionHandler handler;
    private final Semaphore places;
    private final Tasks.Scope scope;
    private final Set<TcpConnection> open = ConcurrentHashMap.newKeySet();

    TcpListening(
        ServerSocket server,
        Address address,
        int connectionsMax,
        ConnectionHandler handler,
        Tasks tasks) {
      this.server = server;
      this.address = address;
      this.handler = handler;
      this.places = new Semaphore(connectionsMax);
      this.scope = tasks.scope("listen " + address);
      scope.fork("accept", this::acceptUntilClosed);
    }

    private void acceptUntilClosed() throws IOException, InterruptedException {
      boolean failed = false;
      while (!server.isClosed()) {
        Socket socket;
        try {
          socket = server.accept();
          failed = false;
        } catch (IOException e) {
          if (server.isClosed()) {
            return;
          }
          if (!failed) {
            // Most likely too many files are open, which passes.
            LOG.log(System.Logger.Level.WARNING, "nobody can connect for now: " + e.getMessage());
            failed = true;
          }
          Thread.sleep(PAUSE);
          continue;
        }
        if (places.tryAcquire()) {
          begin(socket);
        } else {
          turnAway(socket);
        }
      }
    }

    private static void turnAway(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection too many did not close cleanly", e);
      }
    }

    private void begin(Socket socket) throws IOException {
      try {
        scope.fork("connection", () -> serve(socket));
      } catch (IllegalStateException closed) {
        socket.close();
        throw closed;
      }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
      String remote = String.valueOf(socket.getRemoteSocketAddress());
      try (TcpConnection connection = new TcpConnection(socket, remote)) {
        open.add(connection);
        try {
          handler.accept(connection);
        } finally {
          open.remove(connection);
        }
      } catch (PeerException e) {
        LOG.log(System.Logger.Level.DEBUG, "closed {0}: {1}", remote, e.getMessage());
      } finally {
        places.release();
      }
    }

    @Override
    public Address address() {
      return address;
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the listening socket did not close cleanly", e);
      }
      // The scope interrupts as well; a handler that writes to a peer who does not read ends so.
      open.forEach(TcpConnection::close);
      scope.close();
    }
  }

  private static final class TcpConnection implements Connection {
    private final Socket socket;
    private final String remote;
    private final InputStream input;
    private final OutputStream output;

    TcpConnection(Socket socket, String remote) throws IOException {
      this.socket = socket;
      this.remote = remote;
      socket.setTcpNoDelay(true);
      this.input = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      this.output = socket.getOutputStream();
    }

    @Override
    public void readTimeout(Duration atMost) {
      try {
        socket.setSoTimeout((int) atMost.toMillis());
      } catch (SocketException e) {
        LOG.log(System.Logger.Level.DEBUG, "{0} is closed already", remote);
      }
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public OutputStream output() {
      return output;
    }

    @Override
    public String remote() {
      return remote;
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, remote + " did not close cleanly", e);
      }
    }
  }
}
