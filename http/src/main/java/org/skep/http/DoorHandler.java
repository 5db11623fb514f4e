package org.skep.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.Scheduler;
import org.skep.http.RouteTable.Match;
import org.skep.kernel.Bytes;
import org.skep.kernel.DiskException;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpEvents;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpSignIn;
import org.skep.kernel.http.HttpValues;

/**
 * Takes a request through all checks to its handler: host, route, caller, access, body. Whatever is
 * refused or goes wrong on the way is answered here in one sentence.
 */
final class DoorHandler extends Handler.Abstract {
  private static final Logger LOG = System.getLogger(DoorHandler.class.getName());
  private static final int TOO_LONG = 413;

  /** Insufficient Storage, RFC 4918 §11.5. */
  private static final int DISK_FULL = 507;

  private static final Set<String> HIDDEN_FROM_HANDLERS =
      Set.of("cookie", "authorization", CallerGuard.PAGE_KEY_HEADER.toLowerCase(Locale.ROOT));

  private final SiteDoors doors;
  private volatile RouteTable routes;
  private final DoorConfig config;
  private final AnswerWriter writer;
  private final Map<Connector, HeadDeadline> deadlines;

  DoorHandler(
      SiteDoors doors,
      RouteTable routes,
      DoorConfig config,
      AnswerWriter writer,
      Map<Connector, HeadDeadline> deadlines) {
    this.doors = doors;
    this.routes = routes;
    this.config = config;
    this.writer = writer;
    this.deadlines = Map.copyOf(deadlines);
  }

  /** Requests that come from here on are answered by these routes. */
  void answerBy(RouteTable others) {
    routes = others;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SiteDoor door = doors.of(request);
    Connector connector = request.getConnectionMetaData().getConnector();
    Optional<HeadDeadline> deadline = Optional.ofNullable(deadlines.get(connector));
    deadline.ifPresent(one -> one.arrived(request));
    try {
      HttpAnswer answer = answerOrProblem(door, request);
      switch (answer) {
        case HttpResponse whole -> {
          writer.write(door, whole, request, response);
          if (whole.status() == TOO_LONG) {
            takeTheRest(request);
          }
        }
        case HttpSignIn signIn -> writer.write(door, signIn, request, response);
        case HttpEvents events -> writer.write(door, events, request, response);
      }
      // Before the next request of this connection can begin.
      deadline.ifPresent(one -> one.answered(request));
      callback.succeeded();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a client left before its answer: {0}", gone.getMessage());
      callback.failed(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (RuntimeException ours) {
      LOG.log(Level.ERROR, "an answer could not be given", ours);
      callback.failed(ours);
    }
    return true;
  }

  /**
   * Whoever is still sending when the connection is closed may not hear why. So what comes is taken
   * for a moment, and thrown away.
   */
  private static void takeTheRest(Request request) {
    Scheduler.Task end = failAfter(request, DoorLimits.LINGER, "the answer was given");
    try (InputStream in = Content.Source.asInputStream(request)) {
      in.skip(DoorLimits.DISCARDED_BYTES_MAX);
    } catch (IOException over) {
      LOG.log(Level.DEBUG, "a client went on sending: {0}", over.getMessage());
    } finally {
      end.cancel();
    }
  }

  private static Scheduler.Task failAfter(Request request, Duration time, String words) {
    return request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> request.fail(new TimeoutException(words)),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private HttpAnswer answerOrProblem(SiteDoor door, Request request) throws IOException {
    try {
      return answer(door, request);
    } catch (HttpProblem problem) {
      if (problem.getCause() != null) {
        // What a client did wrong is nobody's news here.
        Level level = problem.status() >= 500 ? Level.WARNING : Level.DEBUG;
        LOG.log(level, problem.sentence(), problem.getCause());
      }
      return refusal(problem.status(), problem.sentence(), request);
    } catch (DiskException disk) {
      // Whoever found out has told the log; everybody else is only told why.
      LOG.log(Level.DEBUG, "the disk did not take it", disk);
      return refusal(DISK_FULL, noRoom(disk), request);
    } catch (RuntimeException bad) {
      return refusal(bad, request);
    }
  }

  private static String noRoom(DiskException disk) {
    return "Skep can't keep this, because "
        + disk.getMessage()
        + ". What it kept before is safe, and can be read.";
  }

  private HttpResponse refusal(RuntimeException bad, Request request) {
    if (bad instanceof HttpException notUnderstood && notUnderstood.getCode() < 500) {
      return refusal(notUnderstood.getCode(), "Skep does not understand this request.", request);
    }
    LOG.log(Level.ERROR, request.getMethod() + " " + request.getHttpURI().getPath(), bad);
    return refusal(500, "Something went wrong inside Skep; its log says what.", request);
  }

  private HttpResponse refusal(int status, String sentence, Request request) {
    String whole = status == 401 ? sentence + " " + config.signInHint() : sentence;
    HttpResponse refusal = Problems.answer(status, whole.strip(), request.getHeaders());
    return status == 401 ? refusal.with("WWW-Authenticate", "Bearer") : refusal;
  }

  private HttpAnswer answer(SiteDoor door, Request request) throws IOException {
    String host = door.host(request);
    String path = String.valueOf(request.getHttpURI().getDecodedPath());
    RouteTable table = routes;
    Optional<HttpMethod> method = method(request);
    if (method.isEmpty()) {
      return otherMethod(table.methods(door.site(), path), request);
    }
    HttpMethod routed = method.get() == HttpMethod.HEAD ? HttpMethod.GET : method.get();
    return switch (table.match(door.site(), routed, path)) {
      case Match.Nowhere _ -> refusal(404, "There is nothing here.", request);
      case Match.OtherMethods others -> otherMethod(others.methods(), request);
      case Match.Found found -> {
        Optional<Caller> caller = door.caller(request, method.get(), host);
        if (found.route().access() == Access.SIGNED_IN && caller.isEmpty()) {
          yield refusal(401, "Please sign in first.", request);
        }
        HttpValues headers = headers(request);
        Bytes body = body(request, found.route());
        String type = headers.first("content-type").orElse("");
        boolean form = body.length() > 0 && MultipartForm.is(type);
        HttpRequest admitted =
            new HttpRequest(
                method.get(),
                host,
                door.contentOrigin(request),
                path,
                found.values(),
                query(request),
                headers,
                form ? Bytes.EMPTY : body,
                form ? MultipartForm.read(type, body) : List.of(),
                caller);
        yield found.route().handler().answer(admitted);
      }
    };
  }

  private HttpResponse otherMethod(Set<HttpMethod> methods, Request request) {
    if (methods.isEmpty()) {
      return refusal(404, "There is nothing here.", request);
    }
    String allowed = methods.stream().map(Enum::name).collect(Collectors.joining(", "));
    return refusal(405, "This can't be done here.", request)
        .with("Allow", methods.contains(HttpMethod.GET) ? allowed + ", HEAD" : allowed);
  }

  private static Optional<HttpMethod> method(Request request) {
    return switch (request.getMethod()) {
      case "GET" -> Optional.of(HttpMethod.GET);
      case "HEAD" -> Optional.of(HttpMethod.HEAD);
      case "POST" -> Optional.of(HttpMethod.POST);
      case "PUT" -> Optional.of(HttpMethod.PUT);
      case "PATCH" -> Optional.of(HttpMethod.PATCH);
      case "DELETE" -> Optional.of(HttpMethod.DELETE);
      default -> Optional.empty();
    };
  }

  private static HttpValues query(Request request) {
    Fields fields = Request.extractQueryParameters(request);
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Fields.Field field : fields) {
      if (!field.getName().equals(CallerGuard.PAGE_KEY_PARAMETER)) {
        values.put(field.getName(), field.getValues());
      }
    }
    return new HttpValues(values);
  }

  private static HttpValues headers(Request request) {
    Map<String, List<String>> values = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!HIDDEN_FROM_HANDLERS.contains(name)) {
        values.put(name, request.getHeaders().getValuesList(field.getName()));
      }
    }
    return new HttpValues(values);
  }

  private Bytes body(Request request, HttpRoute route) throws IOException {
    int bytesMax = route.bodyBytesMax();
    if (request.getLength() > bytesMax) {
      throw tooLong(bytesMax);
    }
    Scheduler.Task deadline =
        failAfter(request, config.limits().bodyTimeout(), "the body takes too long");
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(bytesMax + 1);
      if (body.length > bytesMax) {
        throw tooLong(bytesMax);
      }
      return Bytes.wrap(body);
    } finally {
      deadline.cancel();
    }
  }

  private static HttpProblem tooLong(int bytesMax) {
    return new HttpProblem(
        TOO_LONG,
        bytesMax == 0
            ? "Nothing can be sent here."
            : "This is too long: at most " + bytesMax + " bytes.");
  }
}
