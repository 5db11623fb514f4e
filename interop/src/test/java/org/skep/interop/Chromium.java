package org.skep.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.skep.testkit.peers.LineProcess;
import org.skep.testkit.peers.Tools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The system's Chromium without a window, driven over its DevTools protocol (version 1.3). For one
 * thread.
 *
 * <p>A few calls are all the suite needs; a driver library would bring 200 MB of programs.
 */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final LineProcess process;
  private final Path profile;
  private final HttpClient client;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> inbox;
  private final List<JsonNode> events = new ArrayList<>();
  private int calls;

  private Chromium(
      LineProcess process,
      Path profile,
      HttpClient client,
      WebSocket socket,
      BlockingQueue<JsonNode> inbox) {
    this.process = process;
    this.profile = profile;
    this.client = client;
    this.socket = socket;
    this.inbox = inbox;
  }

  /**
   * Starts a browser that knows no site but this machine.
   *
   * @param folder an empty place for its profile
   */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Path profile = folder.resolve("profile");
    List<String> command = new ArrayList<>();
    // The address to talk to is said on standard error, and lines are read from the output.
    command.addAll(List.of("sh", "-c", "exec \"$0\" \"$@\" 2>&1", program().toString()));
    command.addAll(
        List.of(
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium's own sandbox refuses to run as root, as builds in containers do.
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    LineProcess process =
        LineProcess.start("chromium", command, Map.of(), folder.resolve("chromium.err"));
    String address = process.awaitLine("DevTools listening on ", PATIENCE);
    BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    HttpClient client = HttpClient.newHttpClient();
    WebSocket socket =
        client.newWebSocketBuilder().buildAsync(URI.create(address), new Reader(inbox)).join();
    return new Chromium(process, profile, client, socket, inbox);
  }

  private static Path program() {
    for (String name : NAMES) {
      Optional<Path> found = Tools.find(name);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return Tools.require("chromium", "look at Skep's page (Debian package chromium)");
  }

  /** A new page of the given size in CSS pixels. */
  BrowserPage page(int width, int height) throws InterruptedException {
    ObjectNode target = JSON.createObjectNode().put("url", "about:blank");
    String targetId = call(null, "Target.createTarget", target).get("targetId").asString();
    ObjectNode attach = JSON.createObjectNode().put("targetId", targetId).put("flatten", true);
    String session = call(null, "Target.attachToTarget", attach).get("sessionId").asString();
    return new BrowserPage(this, session, width, height);
  }

  /**
   * One call, answered.
   *
   * @param session a page's, or null for the browser itself
   */
  JsonNode call(@Nullable String session, String method, ObjectNode parameters)
      throws InterruptedException {
    calls++;
    ObjectNode message = JSON.createObjectNode().put("id", calls).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(JSON.writeValueAsString(message), true).join();
    while (true) {
      JsonNode answer = inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("the browser did not answer " + method);
      }
      if (!answer.has("id")) {
        events.add(answer);
      } else if (answer.get("id").asInt() == calls) {
        if (answer.has("error")) {
          throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
    }
  }

  /** What a page told by itself so far, oldest first: the parameters of one kind of event. */
  List<JsonNode> events(String session, String method) {
    return events.stream()
        .filter(event -> event.path("sessionId").asString("").equals(session))
        .filter(event -> event.get("method").asString().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.close();
    // They write into the profile until they end, a moment after the browser itself.
    List<ProcessHandle> helpers = process.helpers();
    process.terminate();
    process.awaitEndUninterrupted(PATIENCE);
    for (ProcessHandle helper : helpers) {
      helper.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
    // Links out of the folder, which whoever clears it up would stumble over.
    for (String link : List.of("SingletonCookie", "SingletonLock", "SingletonSocket")) {
      Files.deleteIfExists(profile.resolve(link));
    }
  }

  /** Puts whole messages into the inbox. */
  private static final class Reader implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> inbox;
    private final StringBuilder message = new StringBuilder();

    Reader(BlockingQueue<JsonNode> inbox) {
      this.inbox = inbox;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        inbox.add(JSON.readTree(message.toString()));
        message.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
