package org.skep.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.Site;

/**
 * The open door: three sites on loopback, each on a port of its own, under 127.0.0.1 and, where the
 * machine has it, ::1 (a browser asked for {@code localhost} may try either first, and whoever else
 * held the other could pose as us). Any thread.
 */
public final class JettyDoor {
  private static final Logger LOG = System.getLogger(JettyDoor.class.getName());
  private static final int PORT_TRIES_MAX = 16;
  private static final int POOL_THREADS_MAX = 32;
  private static final int ACCEPT_QUEUE = 64;

  private final Server server;
  private final DoorHandler handler;
  private final AnswerWriter writer;
  private final Map<Site, Integer> ports;

  private JettyDoor(
      Server server, DoorHandler handler, AnswerWriter writer, Map<Site, Integer> ports) {
    this.server = server;
    this.handler = handler;
    this.writer = writer;
    this.ports = Map.copyOf(ports);
  }

  /**
   * Opens the door; it serves when this returns.
   *
   * @param routes may be added to while the door is open
   * @throws IOException in one sentence, when a port is taken or can't be listened on
   */
  public static JettyDoor open(DoorConfig config, RouteTable routes, Authenticator authenticator)
      throws IOException {
    QueuedThreadPool pool = new QueuedThreadPool(POOL_THREADS_MAX);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(pool);
    Map<Site, List<ServerConnector>> connectors = new EnumMap<>(Site.class);
    try {
      for (Site site : Site.values()) {
        connectors.put(site, listen(server, config.port(site), config.limits()));
      }
      Map<Site, Integer> ports = new EnumMap<>(Site.class);
      connectors.forEach((site, list) -> ports.put(site, list.getFirst().getLocalPort()));
      // Cookies are shared by all ports of a host, so that two nodes need two names.
      String cookieName = "skep_" + ports.get(Site.APP);
      AnswerWriter writer = new AnswerWriter(cookieName, config.limits());
      CallerGuard callers = new CallerGuard(authenticator, cookieName);
      SiteDoors doors = doors(config, connectors, ports, callers);
      connectors.values().forEach(list -> list.forEach(server::addConnector));
      DoorLimits limits = config.limits();
      Map<Connector, HeadDeadline> deadlines = new HashMap<>();
      connectors.values().forEach(list -> limit(server, list, limits).forEach(deadlines::put));
      server.setErrorHandler(new RefusalHandler(doors, writer));
      DoorHandler handler = new DoorHandler(doors, routes, config, writer, deadlines);
      server.setHandler(new GracefulHandler(handler));
      server.start();
      return new JettyDoor(server, handler, writer, ports);
    } catch (IOException e) {
      abandon(server, connectors);
      throw e;
    } catch (Exception e) {
      abandon(server, connectors);
      throw new IOException("the HTTP door could not be opened", e);
    }
  }

  /**
   * From here on answers by other routes, all at once: what is there at the beginning may be
   * another thing than what is there later.
   */
  public void answerBy(RouteTable routes) {
    handler.answerBy(routes);
  }

  /** The port a site really listens on. */
  public int port(Site site) {
    Integer port = ports.get(site);
    if (port == null) {
      throw new IllegalStateException("no port for " + site);
    }
    return port;
  }

  /**
   * Closes the door: takes no new connection, ends event streams, and gives what is being answered
   * some time to finish.
   *
   * @param within how long answers may still take
   * @throws IOException when the server could not be stopped in order
   */
  public void close(Duration within) throws IOException {
    writer.stopStreams();
    server.setStopTimeout(within.toMillis());
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException e) {
      LOG.log(Level.DEBUG, "some answers were cut off at the end");
    } catch (Exception e) {
      throw new IOException("the HTTP door could not be closed in order", e);
    }
  }

  /** Each site has connections of its own, so that no other can use them up. */
  private static Map<Connector, HeadDeadline> limit(
      Server server, List<ServerConnector> site, DoorLimits limits) {
    int max = limits.connectionsMax();
    server.addBean(new NetworkConnectionLimit(max, site.toArray(Connector[]::new)));
    HeadDeadline deadline =
        new HeadDeadline(server.getScheduler(), limits.headTimeout(), Math.max(1, max / 2));
    Map<Connector, HeadDeadline> deadlines = new HashMap<>();
    for (ServerConnector connector : site) {
      connector.addBean(deadline);
      deadlines.put(connector, deadline);
    }
    return deadlines;
  }

  private static SiteDoors doors(
      DoorConfig config,
      Map<Site, List<ServerConnector>> connectors,
      Map<Site, Integer> ports,
      CallerGuard callers) {
    Map<Connector, SiteDoor> doors = new HashMap<>();
    int contentPort = ports.getOrDefault(Site.CONTENT, 0);
    connectors.forEach((site, list) -> {
      int port = list.getFirst().getLocalPort();
      HostGuard hosts = new HostGuard(port, config.names());
      SiteDoor door = new SiteDoor(site, port, contentPort, hosts, callers, config.scriptHashes());
      list.forEach(connector -> doors.put(connector, door));
    });
    return new SiteDoors(doors);
  }

  /** Listens on both loopback addresses under one port. */
  private static List<ServerConnector> listen(Server server, int wantedPort, DoorLimits limits)
      throws IOException {
    boolean sixth = NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    for (int tries = 1; ; tries++) {
      ServerConnector four = connector(server, "127.0.0.1", wantedPort, limits);
      List<ServerConnector> opened = new ArrayList<>(List.of(four));
      try {
        four.open();
        if (sixth) {
          ServerConnector six = connector(server, "::1", four.getLocalPort(), limits);
          opened.add(six);
          six.open();
        }
        return opened;
      } catch (IOException e) {
        opened.forEach(ServerConnector::close);
        // A port that was free under one address may be taken under the other: draw again.
        if (wantedPort != 0 || tries == PORT_TRIES_MAX) {
          throw explained(e, wantedPort);
        }
      }
    }
  }

  private static IOException explained(IOException e, int port) {
    boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
    return taken
        ? new IOException("port " + port + " is taken by another program", e)
        : new IOException("port " + port + " can't be listened on: " + e.getMessage(), e);
  }

  private static ServerConnector connector(
      Server server, String address, int port, DoorLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(DoorLimits.HEADER_BYTES_MAX);
    http.setRelativeRedirectAllowed(true);
    http.setIdleTimeout(limits.idleTimeout().toMillis());
    HttpConnectionFactory factory = new HttpConnectionFactory(http);
    // An acceptor of its own: a connector without one goes on taking connections while it stops.
    ServerConnector connector = new ServerConnector(server, null, null, null, 1, 1, factory);
    connector.setHost(address);
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    return connector;
  }

  private static void abandon(Server server, Map<Site, List<ServerConnector>> connectors) {
    connectors.values().forEach(list -> list.forEach(ServerConnector::close));
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "the half-open door did not close in order", e);
    }
  }
}
