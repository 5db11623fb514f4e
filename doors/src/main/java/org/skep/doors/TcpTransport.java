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
import java.util.HexFormat;
import java.util.function.Consumer;
import org.skep.kernel.Connection;
import org.skep.kernel.ConnectionHandler;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;

/** TCP sockets. */
public final class TcpTransport implements Transport {
  private static final System.Logger LOG = System.getLogger(TcpTransport.class.getName());
  private static final int BACKLOG = 64;
  private static final int IPV6_BYTES = 16;

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
      return new TcpConnection(socket, address.toString(), _ -> {});
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
    private final Places places;
    private final Tasks.Scope scope;

    TcpListening(
        ServerSocket server,
        Address address,
        int connectionsMax,
        ConnectionHandler handler,
        Tasks tasks) {
      this.server = server;
      this.address = address;
      this.handler = handler;
      this.places = new Places(connectionsMax);
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
        begin(socket);
      }
    }

    /** A connection that fails at once is its own matter; listening goes on. */
    private void begin(Socket socket) {
      TcpConnection connection;
      try {
        String remote = String.valueOf(socket.getRemoteSocketAddress());
        connection = new TcpConnection(socket, remote, places::keep);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was gone before it began", e);
        forget(socket);
        return;
      }
      if (!places.take(connection)) {
        connection.close();
        return;
      }
      try {
        scope.fork("connection", () -> serve(connection));
      } catch (IllegalStateException closed) {
        places.leave(connection);
        connection.close();
        throw closed;
      }
    }

    private static void forget(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection did not close cleanly", e);
      }
    }

    private void serve(TcpConnection connection) throws InterruptedException {
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
      try {
        server.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the listening socket did not close cleanly", e);
      }
      // The scope interrupts as well; a handler that writes to a peer who does not read ends so.
      places.all().forEach(Connection::close);
      scope.close();
    }
  }

  private static final class TcpConnection implements Connection {
    private final Socket socket;
    private final String remote;
    private final String remoteHost;
    private final InputStream input;
    private final OutputStream output;
    private final Consumer<Connection> keeper;

    /**
     * @param keeper is told when the connection shall keep its place
     */
    TcpConnection(Socket socket, String remote, Consumer<Connection> keeper) throws IOException {
      socket.setTcpNoDelay(true);
      this.keeper = keeper;
      this.socket = socket;
      this.remote = remote;
      this.remoteHost = host(socket.getInetAddress().getAddress());
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

    private static String host(byte[] address) {
      int significant = address.length == IPV6_BYTES ? IPV6_BYTES / 2 : address.length;
      return HexFormat.of().formatHex(address, 0, significant);
    }

    @Override
    public String remoteHost() {
      return remoteHost;
    }

    @Override
    public void keep() {
      keeper.accept(this);
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
