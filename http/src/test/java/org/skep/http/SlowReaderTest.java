package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.Site;

/** Whoever asks for something long and does not take it can't hold what it costs for ever. */
@Timeout(120)
class SlowReaderTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Room for one connection, and no deadline but that of an answer. */
  private static final DoorLimits HASTY =
      new DoorLimits(1, 1, LONG, LONG, LONG, Duration.ofMillis(200), LONG.minusSeconds(1));

  /** More than the buffers between two programs hold. */
  private static final Bytes MUCH = Bytes.wrap(new byte[16 << 20]);

  private static OpenDoor open() throws IOException {
    OpenDoor door = new OpenDoor(config -> config.withLimits(HASTY));
    door.get(
        Site.APP,
        "/much",
        Access.OPEN,
        _ -> HttpResponse.of(200, "application/octet-stream", MUCH));
    door.get(
        Site.APP,
        "/little",
        Access.OPEN,
        _ -> HttpResponse.of(200, "text/plain", Bytes.ofUtf8("x")));
    return door;
  }

  private static Socket ask(OpenDoor door, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    int port = door.port(Site.APP);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 10_000);
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String statusLine(InputStream in) throws IOException {
    return new String(in.readNBytes(15), StandardCharsets.US_ASCII);
  }

  @Test
  void whoTakesNothingOfALongAnswerMakesRoomForOthers() throws Exception {
    try (OpenDoor door = open();
        Socket greedy = ask(door, "/much")) {
      assertEquals("HTTP/1.1 200 OK", statusLine(greedy.getInputStream()));
      // One connection at a time: the next is answered when the first is cut, and not before.
      try (Socket next = ask(door, "/little")) {
        assertEquals("HTTP/1.1 200 OK", statusLine(next.getInputStream()));
      }
    }
  }

  /** Never silent, and therefore no matter for an idle timeout. */
  @Test
  void whoTakesAByteNowAndThenIsCutOffToo() throws Exception {
    try (OpenDoor door = open();
        Socket trickling = ask(door, "/much");
        Socket next = ask(door, "/little")) {
      AtomicLong taken = new AtomicLong();
      Thread reader = Thread.ofVirtual().start(() -> trickle(trickling, taken));
      assertEquals("HTTP/1.1 200 OK", statusLine(next.getInputStream()));
      reader.join();
      assertTrue(taken.get() < MUCH.length(), "it was cut off before its end");
    }
  }

  private static void trickle(Socket socket, AtomicLong taken) {
    try {
      while (socket.getInputStream().read() >= 0) {
        taken.incrementAndGet();
      }
    } catch (IOException e) {
      // Cut off.
    }
  }
}
