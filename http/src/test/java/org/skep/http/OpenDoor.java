package org.skep.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpHandler;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.Site;

/** A door on free ports with the session {@code good-session-secret} and the token {@code good}. */
final class OpenDoor implements AutoCloseable {
  static final String SESSION = "good-session-secret";
  static final String PAGE_KEY = "good-key-of-the-page";
  static final String TOKEN = "good";
  static final String HINT = "Run ./skep open for a link.";

  final RouteTable routes = new RouteTable();
  final HttpClient client = HttpClient.newHttpClient();
  private final JettyDoor door;

  OpenDoor(UnaryOperator<DoorConfig> change) throws IOException {
    door = JettyDoor.open(change.apply(DoorConfig.onPorts(0, 0, 0, HINT)), routes, new Known());
  }

  static OpenDoor ordinary() throws IOException {
    return new OpenDoor(config -> config);
  }

  JettyDoor door() {
    return door;
  }

  int port(Site site) {
    return door.port(site);
  }

  String origin() {
    return "http://localhost:" + port(Site.APP);
  }

  String cookie() {
    return "skep_" + port(Site.APP) + "=" + SESSION;
  }

  /** The header fields of somebody who has a session: both halves of it. */
  String session() {
    return "Cookie: " + cookie() + "\r\nX-Skep-Page: " + PAGE_KEY;
  }

  OpenDoor get(Site site, String path, Access access, HttpHandler handler) {
    routes.add(HttpRoute.get(site, path, access, handler));
    return this;
  }

  OpenDoor post(String path, int bodyBytesMax, Access access, HttpHandler handler) {
    routes.add(new HttpRoute(Site.APP, HttpMethod.POST, path, bodyBytesMax, access, handler));
    return this;
  }

  /** A handler that says who calls. */
  static HttpHandler whoAmI() {
    return request ->
        HttpResponse.of(
            200,
            "text/plain",
            Bytes.ofUtf8(
                request.caller().map(c -> c.account().value() + " " + c.how()).orElse("nobody")));
  }

  java.net.http.HttpResponse<String> fetch(
      Site site, String path, Consumer<java.net.http.HttpRequest.Builder> more)
      throws IOException, InterruptedException {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create("http://localhost:" + port(site) + path))
            .timeout(Duration.ofSeconds(20));
    more.accept(builder);
    return client.send(builder.build(), BodyHandlers.ofString());
  }

  java.net.http.HttpResponse<String> fetch(Site site, String path)
      throws IOException, InterruptedException {
    return fetch(site, path, _ -> {});
  }

  /** Sends the lines as they are, with CRLF between and an empty line at the end. */
  String raw(Site site, String... lines) throws IOException {
    try (Socket socket = connect(site)) {
      String text = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  Socket connect(Site site) throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(java.net.InetAddress.ofLiteral("127.0.0.1"), port(site)), 10_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Override
  public void close() throws IOException {
    client.close();
    door.close(Duration.ofSeconds(2));
  }

  private static final class Known implements Authenticator {
    @Override
    public Optional<Caller> bySession(String cookieValue, String pageKey) {
      return cookieValue.equals(SESSION) && pageKey.equals(PAGE_KEY)
          ? Optional.of(new Caller(new AccountId(1), Caller.How.SESSION, Bytes.EMPTY))
          : Optional.empty();
    }

    @Override
    public Optional<Caller> byToken(String bearer) {
      return bearer.equals(TOKEN)
          ? Optional.of(new Caller(new AccountId(1), Caller.How.TOKEN, Bytes.EMPTY))
          : Optional.empty();
    }
  }
}
