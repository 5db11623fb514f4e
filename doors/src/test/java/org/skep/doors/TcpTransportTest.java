package org.skep.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Connection;
import org.skep.kernel.ConnectionHandler;
import org.skep.kernel.PeerException;
import org.skep.kernel.Transport;

/** Connections end when their handler does, when the rules are broken, and when listening ends. */
@Timeout(60)
class TcpTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int END = -1;

  private final ThreadTasks tasks = new ThreadTasks();
  private final TcpTransport transport = new TcpTransport(tasks);

  @AfterEach
  void close() {
    tasks.close();
  }

  private Transport.Listening listen(int connectionsMax, ConnectionHandler handler)
      throws IOException {
    return transport.listen(new Transport.Address("127.0.0.1", 0), connectionsMax, handler);
  }

  private Connection dial(Transport.Listening listening) throws IOException {
    return transport.dial(listening.address(), PATIENCE);
  }

  /** What comes next; an end by reset is an end. */
  private static int next(Connection connection) {
    try {
      return connection.input().read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the line is still open", e);
    } catch (IOException e) {
      return END;
    }
  }

  private static void greet(Connection connection) throws PeerException {
    try {
      connection.output().write('!');
    } catch (IOException e) {
      throw new PeerException("gone", e);
    }
  }

  /** A listening socket that can't take a connection for a while. */
  private static final class Exhausted extends ServerSocket {
    private final AtomicInteger failuresLeft = new AtomicInteger(2);

    Exhausted() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      if (failuresLeft.getAndDecrement() > 0) {
        throw new SocketException("Too many open files");
      }
      return super.accept();
    }
  }

  /** A listening socket whose first connection is gone as soon as it is there. */
  private static final class Hasty extends ServerSocket {
    private final AtomicInteger gone = new AtomicInteger(1);

    Hasty() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      Socket socket = super.accept();
      return gone.getAndDecrement() > 0 ? new Gone() : socket;
    }
  }

  private static final class Gone extends Socket {
    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
      throw new SocketException("Invalid argument");
    }

    @Override
    public void close() throws IOException {
      throw new IOException("gone");
    }
  }

  @Test
  void listeningGoesOnAfterAConnectionWasGoneAtOnce() throws IOException {
    TcpTransport hasty = new TcpTransport(tasks, Hasty::new);
    try (Transport.Listening listening =
            hasty.listen(new Transport.Address("127.0.0.1", 0), 4, TcpTransportTest::greet);
        Connection _ = dial(listening);
        Connection second = dial(listening)) {
      second.readTimeout(PATIENCE);

      assertEquals('!', next(second));
    }
  }

  @Test
  void listeningGoesOnAfterAConnectionCouldNotBeTaken() throws IOException {
    TcpTransport exhausted = new TcpTransport(tasks, Exhausted::new);
    try (Transport.Listening listening =
            exhausted.listen(new Transport.Address("127.0.0.1", 0), 4, TcpTransportTest::greet);
        Connection caller = dial(listening)) {
      caller.readTimeout(PATIENCE);

      assertEquals('!', next(caller));
    }
  }

  @Test
  void returningClosesTheConnection() throws IOException {
    try (Transport.Listening listening = listen(4, TcpTransportTest::greet);
        Connection caller = dial(listening)) {
      caller.readTimeout(PATIENCE);

      assertEquals('!', next(caller));
      assertEquals(END, next(caller));
    }
  }

  @Test
  void whoBreaksTheRulesIsHungUpOnAndLeavesAPlace() throws IOException {
    try (Transport.Listening listening =
        listen(
            4,
            connection -> {
              greet(connection);
              throw new PeerException("against the rules");
            })) {
      for (int i = 0; i < 12; i++) {
        try (Connection caller = dial(listening)) {
          caller.readTimeout(PATIENCE);
          assertEquals('!', next(caller));
          assertEquals(END, next(caller));
        }
      }
    }
  }

  @Test
  void oneTooManyIsClosedUnread() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (Transport.Listening listening = listen(1, connection -> never.await());
        Connection first = dial(listening);
        Connection second = dial(listening)) {
      second.readTimeout(PATIENCE);
      first.readTimeout(Duration.ofMillis(50));

      assertEquals(END, next(second));
      assertThrows(SocketTimeoutException.class, () -> first.input().read());
    }
  }

  /** Linux and others let anybody come from any address of the loopback network. */
  private static Socket from(int last, Transport.Listening listening) throws IOException {
    Socket socket = new Socket();
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    socket.bind(new InetSocketAddress(here, 0));
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.address().port()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  @Test
  void aConnectionThatIsKeptIsNotClosedForAnother() throws IOException {
    try (Transport.Listening listening =
            listen(
                2,
                connection -> {
                  if (next(connection) == 'k') {
                    connection.keep();
                  }
                  greet(connection);
                  next(connection);
                });
        Socket friend = from(2, listening);
        Socket stranger = from(3, listening)) {
      friend.getOutputStream().write('k');
      assertEquals('!', friend.getInputStream().read());
      stranger.getOutputStream().write('s');
      assertEquals('!', stranger.getInputStream().read());
      try (Socket next = from(4, listening)) {
        next.getOutputStream().write('s');
        assertEquals('!', next.getInputStream().read());
        assertEquals(END, stranger.getInputStream().read());
        friend.setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> friend.getInputStream().read());
      }
    }
  }

  @Test
  void closingTheListeningEndsConnectionsThatAreBeingRead() throws IOException {
    CountDownLatch reading = new CountDownLatch(1);
    Transport.Listening listening =
        listen(
            4,
            connection -> {
              reading.countDown();
              next(connection);
            });
    try (Connection caller = dial(listening)) {
      caller.readTimeout(PATIENCE);
      reading.await();

      listening.close();

      assertEquals(END, next(caller));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThrows(IOException.class, () -> dial(listening));
  }
}
