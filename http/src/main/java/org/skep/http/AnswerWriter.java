package org.skep.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Scheduler;
import org.skep.kernel.http.EventSource.Subscription;
import org.skep.kernel.http.HttpEvents;
import org.skep.kernel.http.HttpHeader;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpSignIn;
import org.skep.kernel.http.Site;

/**
 * Puts answers on the wire with the headers of their site. Blocks while the client reads; one that
 * reads too slowly loses the connection, though it never falls silent.
 */
final class AnswerWriter {
  private static final Logger LOG = System.getLogger(AnswerWriter.class.getName());

  private final String cookieName;
  private final DoorLimits limits;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger streamCount = new AtomicInteger();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  AnswerWriter(String cookieName, DoorLimits limits) {
    this.cookieName = cookieName;
    this.limits = limits;
  }

  void write(SiteDoor door, HttpResponse answer, Request request, Response response)
      throws IOException {
    writeHead(door, answer, request, response);
    ByteBuffer body = ByteBuffer.wrap(answer.body().toArray());
    boolean bodyless = answer.status() == 204 || answer.status() == 304;
    if (!bodyless) {
      response.getHeaders().put("Content-Length", Integer.toString(body.remaining()));
    }
    boolean silent = bodyless || request.getMethod().equals("HEAD");
    send(request, response, true, silent ? ByteBuffer.allocate(0) : body);
  }

  void write(SiteDoor door, HttpSignIn signIn, Request request, Response response)
      throws IOException {
    if (door.site() != Site.APP) {
      throw new IllegalStateException("only the app site signs in");
    }
    String cookie =
        cookieName
            + "="
            + signIn.session()
            + "; Path=/; Max-Age="
            + signIn.lifetime().toSeconds()
            + "; HttpOnly; SameSite=Strict";
    write(
        door,
        HttpResponse.empty(303)
            .with("Location", signIn.location() + "#key=" + signIn.pageKey())
            .with("Set-Cookie", cookie),
        request,
        response);
  }

  void write(SiteDoor door, HttpEvents events, Request request, Response response)
      throws IOException, InterruptedException {
    if (stopping.get() || streamCount.incrementAndGet() > limits.eventStreamsMax()) {
      streamCount.decrementAndGet();
      HttpResponse full =
          Problems.answer(503, "Too many pages are listening at once.", request.getHeaders());
      write(door, full, request, response);
      return;
    }
    try {
      HttpResponse head = HttpResponse.empty(200).with("Content-Type", "text/event-stream");
      writeHead(door, head, request, response);
      if (request.getMethod().equals("HEAD")) {
        send(request, response, true, ByteBuffer.allocate(0));
        return;
      }
      stream(events, request, response);
    } finally {
      streamCount.decrementAndGet();
    }
  }

  /** Ends every event stream, and lets no new one begin. */
  void stopStreams() {
    stopping.set(true);
    streams.forEach(stream -> stream.close("Skep stops"));
  }

  private void stream(HttpEvents events, Request request, Response response)
      throws IOException, InterruptedException {
    EventStream stream = new EventStream(endPoint(request)::close);
    streams.add(stream);
    if (stopping.get()) {
      stream.close("Skep stops");
    }
    String reason = "the client left";
    try (Subscription _ = events.source().open(stream)) {
      try {
        reason =
            stream.pump(
                frame -> send(request, response, false, ByteBuffer.wrap(frame)),
                limits.heartbeat());
        send(request, response, true, ByteBuffer.allocate(0));
      } finally {
        // Before the subscription ends: whoever tells sees that nobody listens any more.
        stream.close(reason);
      }
    } finally {
      streams.remove(stream);
      LOG.log(Level.DEBUG, "an event stream ended: {0}", reason);
    }
  }

  private void send(Request request, Response response, boolean last, ByteBuffer bytes)
      throws IOException {
    Scheduler.Task deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                endPoint(request)::close, limits.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
    try {
      Content.Sink.write(response, last, bytes);
    } finally {
      deadline.cancel();
    }
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  private static void writeHead(
      SiteDoor door, HttpResponse answer, Request request, Response response) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Cache-Control", "no-store");
    for (HttpHeader header : answer.headers()) {
      if (header.name().equalsIgnoreCase("Set-Cookie")) {
        headers.add(header.name(), header.value());
      } else {
        headers.put(header.name(), header.value());
      }
    }
    door.headers(request).forEach(headers::put);
  }
}
