package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.Site;

/** Where requests go, what handlers get, and what becomes of their answers. */
final class JettyDoorTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private OpenDoor open;

  @BeforeEach
  void openDoor() throws IOException {
    open = OpenDoor.ordinary();
  }

  @AfterEach
  void closeDoor() throws IOException {
    open.close();
  }

  private static HttpResponse text(String text) {
    return HttpResponse.of(200, "text/plain; charset=utf-8", Bytes.ofUtf8(text));
  }

  @Test
  void everySiteHasAPortAndRoutesOfItsOwn() throws Exception {
    open.get(Site.PUBLIC, "/here", Access.OPEN, _ -> text("public"));
    assertEquals("public", open.fetch(Site.PUBLIC, "/here").body());
    assertEquals(404, open.fetch(Site.APP, "/here").statusCode());
    assertEquals(404, open.fetch(Site.CONTENT, "/here").statusCode());
  }

  @Test
  void aHandlerSeesPathQueryHeadersAndBodyButNoCredentials() throws Exception {
    AtomicReference<HttpRequest> seen = new AtomicReference<>();
    open.post(
        "/a/{one}/b",
        100,
        Access.OPEN,
        request -> {
          seen.set(request);
          return text("thanks");
        });
    open.fetch(
        Site.APP,
        "/a/%C3%A9x/b?id[]=1&id[]=2&q=%F0%9F%98%80+x",
        b ->
            b.POST(BodyPublishers.ofString("héllo"))
                .header("X-Thing", "1")
                .header("Cookie", "other=1")
                .header("Authorization", "Bearer good"));
    HttpRequest request = Objects.requireNonNull(seen.get());
    assertEquals("éx", request.pathValue("one"));
    assertEquals(List.of("1", "2"), request.query().all("id[]"));
    assertEquals("😀 x", request.query().first("q").orElseThrow());
    assertEquals("1", request.headers().first("x-thing").orElseThrow());
    assertEquals("héllo", request.body().utf8());
    assertEquals("localhost:" + open.port(Site.APP), request.host());
    assertTrue(request.caller().isPresent());
    assertTrue(request.headers().first("cookie").isEmpty());
    assertTrue(request.headers().first("authorization").isEmpty());
  }

  @Test
  void headIsAnsweredFromGetWithoutABody() throws Exception {
    open.get(Site.APP, "/x", Access.OPEN, _ -> text("four"));
    String answer =
        open.raw(
            Site.APP,
            "HEAD /x HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close");
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(answer.contains("Content-Length: 4\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void anUnknownPathIs404AndAnUnknownMethodIs405WithAllow() throws Exception {
    open.get(Site.APP, "/x", Access.OPEN, _ -> text("x"));
    open.post("/x", 0, Access.OPEN, _ -> text("x"));
    var wrong = open.fetch(Site.APP, "/x", b -> b.DELETE());
    assertEquals(405, wrong.statusCode());
    assertEquals("GET, POST, HEAD", wrong.headers().firstValue("Allow").orElseThrow());
    var odd = open.fetch(Site.APP, "/x", b -> b.method("PROPFIND", BodyPublishers.noBody()));
    assertEquals(405, odd.statusCode());
    assertEquals(404, open.fetch(Site.APP, "/y", b -> b.DELETE()).statusCode());
    assertEquals(404, open.fetch(Site.APP, "/y").statusCode());
  }

  @Test
  void aBrowserIsRefusedWithAPageAndAProgramWithJson() throws Exception {
    open.get(
        Site.APP,
        "/no",
        Access.OPEN,
        _ -> {
          throw new HttpProblem(422, "Not \"<so>\".");
        });
    var json = open.fetch(Site.APP, "/no");
    assertEquals(422, json.statusCode());
    assertEquals("{\"error\":\"Not \\\"<so>\\\".\"}", json.body());
    var page = open.fetch(Site.APP, "/no", b -> b.header("Accept", "text/html,*/*"));
    assertEquals(422, page.statusCode());
    assertTrue(page.body().contains("Not &quot;&lt;so&gt;&quot;."), page.body());
  }

  @Test
  void aCrashInAHandlerTellsTheClientNothing() throws Exception {
    open.get(
        Site.APP,
        "/crash",
        Access.OPEN,
        _ -> {
          throw new IllegalStateException("the secret is 42");
        });
    var answer = open.fetch(Site.APP, "/crash");
    assertEquals(500, answer.statusCode());
    assertEquals(
        "{\"error\":\"Something went wrong inside Skep; its log says what.\"}", answer.body());
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
  }

  @Test
  void aBodyLongerThanItsRouteTakesIsRefusedBeforeTheHandler() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    open.post(
        "/small",
        10,
        Access.OPEN,
        request -> {
          called.countDown();
          return text(request.body().utf8());
        });
    String eleven = "12345678901";
    assertEquals(
        413,
        open.fetch(Site.APP, "/small", b -> b.POST(BodyPublishers.ofString(eleven))).statusCode());
    String chunked =
        open.raw(
            Site.APP,
            "POST /small HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close",
            "Transfer-Encoding: chunked",
            "",
            "b",
            eleven,
            "0");
    assertTrue(chunked.startsWith("HTTP/1.1 413"), chunked);
    assertEquals(1, called.getCount());
    var fits = open.fetch(Site.APP, "/small", b -> b.POST(BodyPublishers.ofString("1234567890")));
    assertEquals("1234567890", fits.body());
  }

  @Test
  void whoIsStillSendingWhatIsTooLongHearsWhy() throws Exception {
    open.post("/small", 10, Access.OPEN, request -> text(request.body().utf8()));
    for (int i = 0; i < 50; i++) {
      var refused =
          open.fetch(Site.APP, "/small", b -> b.POST(BodyPublishers.ofString("x".repeat(300_000))));
      assertEquals(413, refused.statusCode());
    }
  }

  @Test
  void aBodyAnnouncedTooLongIsNotWaitedFor() throws Exception {
    open.post("/small", 10, Access.OPEN, request -> text(request.body().utf8()));
    String answer =
        open.raw(
            Site.APP,
            "POST /small HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close",
            "Content-Length: 1000000");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
  }

  @Test
  void headersUpToTheLimitAreTaken() throws Exception {
    open.get(Site.APP, "/x", Access.OPEN, _ -> text("x"));
    String answer =
        open.raw(
            Site.APP,
            "GET /x HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close",
            "Cookie: other=" + "a".repeat(DoorLimits.HEADER_BYTES_MAX - 200));
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @Test
  void headersBeyondTheLimitAreRefusedInOurWords() throws Exception {
    String answer =
        open.raw(
            Site.APP,
            "GET / HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "X-Long: " + "a".repeat(DoorLimits.HEADER_BYTES_MAX));
    assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
    assertTrue(answer.contains("This request is too long."), answer);
    assertFalse(answer.contains("Jetty"), answer);
  }

  @Test
  void aMalformedRequestIsRefusedInOurWordsWithOurHeaders() throws Exception {
    String answer = open.raw(Site.APP, "GET /%zz HTTP/1.1", "Host: localhost", "Connection: close");
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("Skep does not understand this request."), answer);
    assertTrue(answer.contains("Content-Security-Policy: default-src 'none'"), answer);
    assertFalse(answer.contains("Jetty"), answer);
  }

  @Test
  void dotSegmentsAndEncodedSlashesNeverReachAHandler() throws Exception {
    open.get(Site.APP, "/files/{file*}", Access.OPEN, request -> text(request.pathValue("file")));
    assertEquals("a/b", open.fetch(Site.APP, "/files/a/b").body());
    for (String path :
        List.of(
            "/files/a/%2e%2e/b",
            "/files/..%2fsecret",
            "/files/%2e%2e%2fsecret",
            "/files//etc",
            "/files/..;/b",
            "/files/a%00b",
            "/../files/x/..",
            "/files/a%5c..%5cb")) {
      String answer =
          open.raw(
              Site.APP,
              "GET " + path + " HTTP/1.1",
              "Host: localhost:" + open.port(Site.APP),
              "Connection: close");
      assertTrue(
          answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 404"),
          path + ": " + answer);
    }
  }

  @Test
  void handlersRunOnVirtualThreads() throws Exception {
    open.get(Site.APP, "/t", Access.OPEN, _ -> text("" + Thread.currentThread().isVirtual()));
    assertEquals("true", open.fetch(Site.APP, "/t").body());
  }

  @Test
  void bothLoopbackAddressesAnswerAndNoOther() throws Exception {
    open.get(Site.APP, "/x", Access.OPEN, _ -> text("x"));
    int answered = 0;
    for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(device.getInetAddresses())) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(address, open.port(Site.APP)), 5_000);
          assertTrue(address.isLoopbackAddress(), () -> address + " answers");
          answered++;
        } catch (IOException refused) {
          assertFalse(address.isLoopbackAddress(), () -> address + " refuses");
        }
      }
    }
    assertTrue(answered >= 1);
  }

  @Test
  void aTakenPortIsNamedInOneSentence() {
    int port = open.port(Site.APP);
    IOException refused =
        assertThrows(
            IOException.class,
            () -> {
              JettyDoor second =
                  JettyDoor.open(
                      DoorConfig.onPorts(port, 0, 0, ""), new RouteTable(), new Nobody());
              second.close(Duration.ofSeconds(1));
            });
    assertEquals("port " + port + " is taken by another program", refused.getMessage());
  }

  @Test
  void closingLetsAnAnswerFinishAndThenRefusesConnections() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    open.get(
        Site.APP,
        "/slow",
        Access.OPEN,
        _ -> {
          inside.countDown();
          try {
            return text(goOn.await(20, TimeUnit.SECONDS) ? "finished" : "never told to");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    open.get(Site.APP, "/x", Access.OPEN, _ -> HttpResponse.empty(204));
    Socket kept = open.connect(Site.APP);
    assertEquals("HTTP/1.1 204 No Content", statusLine(kept));
    AtomicReference<String> body = new AtomicReference<>("");
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                body.set(open.fetch(Site.APP, "/slow").body());
              } catch (IOException | InterruptedException e) {
                body.set(e.toString());
              }
            });
    assertTrue(inside.await(20, TimeUnit.SECONDS));
    Thread closing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                open.door().close(Duration.ofSeconds(20));
              } catch (IOException e) {
                body.set(e.toString());
              }
            });
    awaitRefusal();
    assertNotEquals("HTTP/1.1 204 No Content", statusLine(kept));
    goOn.countDown();
    asking.join();
    closing.join();
    assertEquals("finished", body.get());
    kept.close();
  }

  /** Asks for {@code /x} on a connection: the first line of the answer, or nothing. */
  private String statusLine(Socket socket) {
    String request = "GET /x HTTP/1.1\r\nHost: localhost:" + open.port(Site.APP) + "\r\n\r\n";
    StringBuilder head = new StringBuilder();
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return "";
        }
        head.append((char) next);
      }
    } catch (IOException closed) {
      return "";
    }
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** Knocks until nobody opens any more. */
  private void awaitRefusal() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < deadline) {
      try {
        open.connect(Site.APP).close();
      } catch (IOException refused) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the door still takes connections");
  }

  @Test
  void aConnectionTooManyWaitsUntilOneThatIsBusyEnds() throws Exception {
    DoorLimits two = new DoorLimits(2, 2, LONG, LONG, LONG, LONG, LONG.minusSeconds(1));
    Semaphore busy = new Semaphore(0);
    CountDownLatch goOn = new CountDownLatch(1);
    try (OpenDoor narrow = new OpenDoor(config -> config.withLimits(two))) {
      narrow.get(Site.APP, "/x", Access.OPEN, _ -> text("x"));
      narrow.get(
          Site.APP,
          "/slow",
          Access.OPEN,
          _ -> {
            busy.release();
            try {
              return text(goOn.await(20, TimeUnit.SECONDS) ? "done" : "never told to");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      try (Socket first = narrow.connect(Site.APP)) {
        ask(narrow, first, "/slow");
        assertTrue(busy.tryAcquire(20, TimeUnit.SECONDS));
        try (Socket second = narrow.connect(Site.APP)) {
          ask(narrow, second, "/slow");
          assertTrue(busy.tryAcquire(20, TimeUnit.SECONDS));
          try (Socket third = narrow.connect(Site.APP)) {
            third.setSoTimeout(500);
            assertFalse(isAnswered(narrow, third));
          }
          goOn.countDown();
          assertEquals('H', first.getInputStream().read());
        }
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      boolean room = false;
      while (!room && System.nanoTime() < deadline) {
        try (Socket next = narrow.connect(Site.APP)) {
          room = isAnswered(narrow, next);
        }
      }
      assertTrue(room);
    }
  }

  @Test
  void whoeverHoldsConnectionsOpenDoesNotLockOthersOut() throws Exception {
    DoorLimits eight = new DoorLimits(8, 2, LONG, LONG, LONG, LONG, LONG.minusSeconds(1));
    List<Socket> held = new ArrayList<>();
    try (OpenDoor narrow = new OpenDoor(config -> config.withLimits(eight))) {
      narrow.get(Site.APP, "/x", Access.OPEN, _ -> text("x"));
      for (int i = 0; i < 20; i++) {
        Socket socket = narrow.connect(Site.APP);
        held.add(socket);
        socket.getOutputStream().write('G');
      }
      try (Socket next = narrow.connect(Site.APP)) {
        assertTrue(isAnswered(narrow, next));
      }
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void aHeadThatTricklesInIsCutOff() throws Exception {
    DoorLimits hasty =
        new DoorLimits(8, 2, LONG, Duration.ofMillis(300), LONG, LONG, LONG.minusSeconds(1));
    try (OpenDoor narrow = new OpenDoor(config -> config.withLimits(hasty));
        Socket socket = narrow.connect(Site.APP)) {
      socket
          .getOutputStream()
          .write("GET /x HTTP/1.1\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      socket.setSoTimeout(20);
      int read = 0;
      while (read != -1 && System.nanoTime() < deadline) {
        read = trickle(socket);
      }
      assertEquals(-1, read);
    }
  }

  /** One more byte of a head without an end: -1 when the other side has hung up. */
  private static int trickle(Socket socket) {
    try {
      socket.getOutputStream().write('a');
      return socket.getInputStream().read();
    } catch (SocketTimeoutException stillOpen) {
      return 0;
    } catch (IOException gone) {
      return -1;
    }
  }

  @Test
  void anAnsweredConnectionMayAskAgainAfterItsFirstDeadline() throws Exception {
    DoorLimits hasty =
        new DoorLimits(8, 2, LONG, Duration.ofMillis(300), LONG, LONG, LONG.minusSeconds(1));
    try (OpenDoor narrow = new OpenDoor(config -> config.withLimits(hasty));
        Socket socket = narrow.connect(Site.APP)) {
      CountDownLatch never = new CountDownLatch(1);
      narrow.get(
          Site.APP,
          "/x",
          Access.OPEN,
          _ -> {
            try {
              // Longer than a head may take: what is being answered has no such deadline.
              return text("" + never.await(600, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertTrue(isAnswered(narrow, socket));
    }
  }

  @Test
  void whatTheQueryOfARequestGetsWrongIsNoFaultOfOurs() throws Exception {
    open.get(Site.APP, "/x", Access.OPEN, request -> text("" + request.query().first("a")));
    for (String path : List.of("/x?a=%zz", "/x?a=%", "/x?%ff=%ff%", "/x?a=%c3%28")) {
      String answer =
          open.raw(
              Site.APP,
              "GET " + path + " HTTP/1.1",
              "Host: localhost:" + open.port(Site.APP),
              "Connection: close");
      assertFalse(answer.startsWith("HTTP/1.1 5"), path + ": " + answer);
    }
    String answer =
        open.raw(
            Site.APP,
            "GET /x?a=%zz HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close");
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
  }

  private static void ask(OpenDoor door, Socket socket, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + door.port(Site.APP);
    socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isAnswered(OpenDoor door, Socket socket) {
    try {
      ask(door, socket, "/x");
      return socket.getInputStream().read() == 'H';
    } catch (IOException closedOrSilent) {
      return false;
    }
  }

  @Test
  void aBodyThatTricklesInIsCutOff() throws Exception {
    try (OpenDoor hasty =
        new OpenDoor(config ->
            config.withLimits(
                new DoorLimits(
                    8,
                    8,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(50),
                    LONG,
                    Duration.ofSeconds(5))))) {
      CountDownLatch called = new CountDownLatch(1);
      hasty.post(
          "/slow",
          100,
          Access.OPEN,
          _ -> {
            called.countDown();
            return text("got it");
          });
      String answer =
          hasty.raw(
              Site.APP,
              "POST /slow HTTP/1.1",
              "Host: localhost:" + hasty.port(Site.APP),
              "Content-Length: 50",
              "",
              "only this");
      assertFalse(answer.contains("200"), answer);
      assertEquals(1, called.getCount());
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (OpenDoor hasty =
            new OpenDoor(config ->
                config.withLimits(
                    new DoorLimits(
                        8,
                        8,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        LONG,
                        Duration.ofMillis(50))));
        Socket socket = hasty.connect(Site.APP)) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aFormWithFilesArrivesInParts() throws Exception {
    open.post(
        "/form",
        1_000,
        Access.OPEN,
        request -> text(request.body().length() + " " + request.parts().getFirst()));
    String form = "--b\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n\r\n--b--\r\n";

    assertEquals(
        "0 HttpPart[name=a, file=true, content=Bytes[0]]", sent("/form", "b", form).body());
    assertEquals(400, sent("/form", "other", form).statusCode());
    assertEquals(413, sent("/form", "b", form + "x".repeat(1_000)).statusCode());
  }

  private java.net.http.HttpResponse<String> sent(String path, String boundary, String body)
      throws Exception {
    return open.fetch(
        Site.APP,
        path,
        request ->
            request
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void whereTheContentSiteIsFoundIsWhatThePolicyLets() throws Exception {
    open.get(Site.APP, "/where", Access.OPEN, request -> text(request.contentOrigin()));
    int content = open.port(Site.CONTENT);
    for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
      String answer =
          open.raw(
              Site.APP,
              "GET /where HTTP/1.1",
              "Host: " + host + ":" + open.port(Site.APP),
              "Connection: close");
      // A policy can't name an IPv6 address.
      String origin = "http://" + (host.startsWith("[") ? "localhost" : host) + ":" + content;
      assertTrue(answer.endsWith(origin), answer);
      assertTrue(answer.contains("img-src 'self' " + origin + ";"), answer);
    }
  }
}
