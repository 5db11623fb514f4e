package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.EventSink;
import org.skep.kernel.http.HttpEvents;
import org.skep.kernel.http.Site;

/** Server-sent events: their text, their bounds and their end. */
final class EventStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final DoorLimits QUICK =
      new DoorLimits(16, 2, LONG, LONG, LONG, LONG, Duration.ofMillis(20));

  private final AtomicInteger hungUp = new AtomicInteger();
  private final EventStream stream = new EventStream(hungUp::incrementAndGet);

  private String pumped() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    stream.pump(out::writeBytes, LONG);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anEventIsWrittenWithEachLineOfItsData() throws Exception {
    stream.send("update", "{\"a\":\"é\"}");
    stream.send("status.update", "one\ntwo\r\nthree\rfour");
    stream.close("done");
    assertEquals(
        """
        :thump

        event: update
        data: {"a":"é"}

        event: status.update
        data: one
        data: two
        data: three
        data: four

        """,
        pumped());
    assertEquals(0, hungUp.get());
  }

  @Test
  void anEventTypeCanNotBreakTheStream() {
    assertThrows(IllegalArgumentException.class, () -> stream.send("a\ndata: x", ""));
    assertThrows(IllegalArgumentException.class, () -> stream.send("", ""));
  }

  @Test
  void aClientThatFallsBehindByCountIsDropped() throws Exception {
    for (int i = 0; i < EventStream.QUEUED_EVENTS_MAX; i++) {
      stream.send("update", "x");
    }
    assertTrue(stream.isOpen());
    stream.send("update", "one too many");
    assertFalse(stream.isOpen());
    assertEquals(1, hungUp.get());
    stream.send("update", "after the end");
    assertEquals(":thump\n\n", pumped());
    assertEquals(1, hungUp.get());
  }

  @Test
  void aClientThatFallsBehindByBytesIsDropped() {
    String half = "x".repeat(EventStream.QUEUED_BYTES_MAX / 2);
    stream.send("update", half);
    assertTrue(stream.isOpen());
    stream.send("update", half);
    assertFalse(stream.isOpen());
    assertEquals(1, hungUp.get());
  }

  @Test
  void aListenerHearsEventsAndHeartbeatsAndItsLeavingEndsTheSubscription() throws Exception {
    try (OpenDoor open = new OpenDoor(config -> config.withLimits(QUICK))) {
      BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
      CountDownLatch ended = new CountDownLatch(1);
      open.get(
          Site.APP,
          "/events",
          Access.OPEN,
          _ ->
              new HttpEvents(sink -> {
                sinks.add(sink);
                return ended::countDown;
              }));
      EventSink sink;
      try (Socket socket = open.connect(Site.APP)) {
        BufferedReader reader = listen(open, socket);
        assertEquals("HTTP/1.1 200 OK", reader.readLine());
        readUntil(reader, "Content-Type: text/event-stream");
        readUntil(reader, ":thump");
        readUntil(reader, ":thump");
        sink = sinks.poll(20, TimeUnit.SECONDS);
        assertNotNull(sink);
        sink.send("update", "{}");
        readUntil(reader, "event: update");
        readUntil(reader, "data: {}");
        assertEquals(1, ended.getCount());
      }
      assertTrue(ended.await(20, TimeUnit.SECONDS));
      assertFalse(sink.isOpen());
    }
  }

  @Test
  void aListenerThatDoesNotReadIsDroppedWithoutHoldingUpTheTeller() throws Exception {
    try (OpenDoor open = new OpenDoor(config -> config.withLimits(QUICK))) {
      BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
      CountDownLatch ended = new CountDownLatch(1);
      open.get(
          Site.APP,
          "/events",
          Access.OPEN,
          _ ->
              new HttpEvents(sink -> {
                sinks.add(sink);
                return ended::countDown;
              }));
      try (Socket socket = open.connect(Site.APP)) {
        listen(open, socket);
        EventSink sink = sinks.poll(20, TimeUnit.SECONDS);
        assertNotNull(sink);
        String chunk = "x".repeat(100_000);
        for (int i = 0; i < 2_000 && sink.isOpen(); i++) {
          sink.send("update", chunk);
        }
        assertFalse(sink.isOpen());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void oneListenerTooManyIsRefusedAndALeavingOneMakesRoom() throws Exception {
    try (OpenDoor open = new OpenDoor(config -> config.withLimits(QUICK))) {
      CountDownLatch ended = new CountDownLatch(1);
      open.get(Site.APP, "/events", Access.OPEN, _ -> new HttpEvents(_ -> ended::countDown));
      try (Socket one = open.connect(Site.APP)) {
        readUntil(listen(open, one), ":thump");
        try (Socket two = open.connect(Site.APP)) {
          readUntil(listen(open, two), ":thump");
          try (Socket three = open.connect(Site.APP)) {
            assertEquals("HTTP/1.1 503 Service Unavailable", listen(open, three).readLine());
          }
        }
        assertTrue(ended.await(20, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void aTellerThatFailsAtOnceIsAnErrorInOurWords() throws Exception {
    try (OpenDoor open = OpenDoor.ordinary()) {
      open.get(
          Site.APP,
          "/events",
          Access.OPEN,
          _ ->
              new HttpEvents(_ -> {
                throw new IllegalStateException("the secret is 42");
              }));
      var answer = open.fetch(Site.APP, "/events");
      assertEquals(500, answer.statusCode());
      assertEquals(
          "{\"error\":\"Something went wrong inside Skep; its log says what.\"}", answer.body());
      assertEquals(
          "application/json; charset=utf-8",
          String.join("|", answer.headers().allValues("Content-Type")));
    }
  }

  @Test
  void closingTheDoorEndsTheStreams() throws Exception {
    OpenDoor open = new OpenDoor(config -> config.withLimits(QUICK));
    CountDownLatch ended = new CountDownLatch(1);
    open.get(Site.APP, "/events", Access.OPEN, _ -> new HttpEvents(_ -> ended::countDown));
    try (Socket socket = open.connect(Site.APP)) {
      BufferedReader reader = listen(open, socket);
      readUntil(reader, ":thump");
      open.close();
      assertTrue(ended.await(20, TimeUnit.SECONDS));
      assertNull(lastLine(reader));
    }
  }

  private static BufferedReader listen(OpenDoor open, Socket socket) throws IOException {
    String request = "GET /events HTTP/1.1\r\nHost: localhost:" + open.port(Site.APP) + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void readUntil(BufferedReader reader, String wanted) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.equals(wanted)) {
      line = reader.readLine();
    }
    assertEquals(wanted, line);
  }

  /** Reads to the end of the stream, which is null. */
  private static @Nullable String lastLine(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    while (line != null) {
      line = reader.readLine();
    }
    return line;
  }
}
