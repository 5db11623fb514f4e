package org.skep.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.skep.api.Api;
import org.skep.engine.Tokens;
import org.skep.http.DoorConfig;
import org.skep.http.JettyDoor;
import org.skep.http.RouteTable;
import org.skep.http.StaticFiles;
import org.skep.kernel.Bytes;
import org.skep.kernel.Progress;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.Site;
import org.skep.store.DataFolder;

/**
 * The node's HTTP door and all that is answered there. It opens before there is anything to read:
 * the page is there at once, its ways in work, and its calls are told how long it takes. Then
 * {@link #lead} lets them through.
 */
final class FrontDoor implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final StaticFiles web = StaticFiles.ofClassPath("org/skep/web");
  private final StaticFiles app = StaticFiles.ofClassPath("org/skep/web/app");
  private final StaticFiles libraries = StaticFiles.ofClassPath("META-INF/resources/_static");
  private final DataFolder folder;
  private final RunningProof proof;
  private final JettyDoor door;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens it, and lets the command line find it.
   *
   * @param building how far the building of views is
   * @throws IOException when a port is taken, in words
   */
  FrontDoor(
      DataFolder folder,
      Config config,
      RunningProof proof,
      Tokens tokens,
      Supplier<Optional<Progress>> building)
      throws IOException {
    this.folder = folder;
    this.proof = proof;
    RouteTable early = files();
    Api.registerEarly(early, tokens, web.file("index.html"), building);
    int first = config.httpPort();
    this.door =
        JettyDoor.open(
            DoorConfig.onPorts(first, next(first, 1), next(first, 2), Api.HOW_TO_GET_IN)
                .withScriptHashes(web.inlineScriptHashes("index.html")),
            early,
            Api.authenticator(tokens));
    NodeFiles.running(folder, port(Site.APP), proof);
  }

  private static int next(int port, int steps) {
    return port == 0 ? 0 : port + steps;
  }

  private RouteTable files() {
    RouteTable routes = new RouteTable();
    routes.add(HttpRoute.get(Site.APP, "/app/{file*}", Access.OPEN, app.files("file")));
    routes.add(HttpRoute.get(Site.APP, "/_static/{file*}", Access.OPEN, libraries.files("file")));
    routes.add(
        HttpRoute.get(Site.APP, RunningProof.PATH + "{challenge}", Access.OPEN, this::prove));
    return routes;
  }

  private HttpResponse prove(HttpRequest request) {
    String challenge = request.pathValue("challenge");
    if (!RunningProof.accepts(challenge)) {
      throw new HttpProblem(404, "There is nothing here.");
    }
    return HttpResponse.of(
        200, "text/plain; charset=utf-8", Bytes.ofUtf8(proof.answer(port(Site.APP), challenge)));
  }

  /** From here on every call is answered. */
  void lead(Api api) {
    RouteTable routes = files();
    api.register(routes, web.file("index.html"));
    door.answerBy(routes);
  }

  int port(Site site) {
    return door.port(site);
  }

  /** Gives what is being answered some time to finish; again changes nothing. */
  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      NodeFiles.stopped(folder);
      door.close(STOP_WITHIN);
    }
  }
}
