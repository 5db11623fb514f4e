package org.skep.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.skep.app.NodeFiles;
import org.skep.doors.ProcessEnd;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.wire.crypto.Accelerator;
import org.skep.wire.crypto.Digests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real node: {@code skep up} in a process of its own, spoken to as the page speaks to it. */
final class Peer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Any but the main network's, whose programs these nodes must never meet. */
  static final String NETWORK_KEY = Digests.sha256(Bytes.ofUtf8("skep bench")).base64();

  /** With which Java a node runs, too. */
  private static final Set<String> KEPT =
      Set.of(Accelerator.VARIABLE, "SKEP_JAVA_HOME", "SKEP_JAVA_OPTIONS");

  private final Path data;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI page;
  private final String token;

  private Peer(Path data, Process process, URI page, String token) {
    this.data = data;
    this.process = process;
    this.page = page;
    this.token = token;
  }

  /** Those of the launcher. */
  enum Profile {
    DEFAULT,
    SMALL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a node is started.
   *
   * @param accelerated whether libsodium may do the arithmetic
   * @param fsyncs where its waits for the disk are written down, if they are to be
   */
  record Way(Profile profile, boolean accelerated, Optional<Path> fsyncs) {
    /** As the launcher does where there is memory enough. */
    static final Way USUAL = new Way(Profile.DEFAULT, true, Optional.empty());

    Way in(Profile other) {
      return new Way(other, accelerated, fsyncs);
    }

    Way unaccelerated() {
      return new Way(profile, false, fsyncs);
    }

    Way countingFsyncs(Path into) {
      return new Way(profile, accelerated, Optional.of(into));
    }
  }

  /**
   * Starts a node by the launcher.
   *
   * @param data the folder of a node with one person; what the process says goes to files beside it
   */
  static Peer start(Clock clock, Path data, Way way) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    way.fsyncs().ifPresent(into -> command.addAll(Fsyncs.watching(into)));
    command.addAll(
        List.of(
            System.getProperty("skep.launcher"),
            "up",
            "--profile=" + way.profile().word(),
            "--no-browser",
            "--port=0",
            "--data=" + data));
    Path output = said(data, ".out");
    Path errors = said(data, ".err");
    ProcessBuilder builder = launching(command, data, output, errors);
    if (!way.accelerated()) {
      builder.environment().put(Accelerator.VARIABLE, "off");
    }
    Process process = builder.start();
    // Whoever ends the benchmark ends its nodes.
    ProcessEnd.whenAsked(process::destroyForcibly);
    boolean ready = false;
    try {
      Until.holds(
          clock,
          "a node was ready",
          BETWEEN_LOOKS,
          PATIENCE,
          () -> page(output).isPresent() || !process.isAlive());
      URI page =
          page(output)
              .orElseThrow(() -> new IOException("a node did not start; " + errors + " says why"));
      String token = NodeFiles.tokens(data).values().stream().findFirst().orElseThrow();
      ready = true;
      return new Peer(data, process, page, token);
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
  }

  private static Path said(Path data, String ending) {
    return data.resolveSibling(data.getFileName() + ending);
  }

  /** A command of the launcher, with nothing of what its caller has set for a Skep of her own. */
  private static ProcessBuilder launching(
      List<String> command, Path data, Path output, Path errors) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(Peer::isConfiguration);
    builder.environment().put("SKEP_STATE_DIR", data.resolveSibling("state").toString());
    builder.environment().put("SKEP_SSB_PORT", "0");
    builder.environment().put("SKEP_SSB_NETWORK_KEY", NETWORK_KEY);
    return builder;
  }

  /** Has a command of the launcher bring it the messages of a file; what that process used. */
  Usage.Total importFrom(Clock clock, Path file, Duration patience)
      throws IOException, InterruptedException {
    Path errors = said(data, ".import.err");
    Process process =
        launching(
                List.of(
                    System.getProperty("skep.launcher"),
                    "ssb",
                    "import",
                    file.toString(),
                    "--data=" + data),
                data,
                said(data, ".import.out"),
                errors)
            .start();
    ProcessEnd.whenAsked(process::destroyForcibly);
    try {
      Usage.Total used = new Usage(process.pid()).untilEnd(clock, patience);
      if (process.waitFor() != 0) {
        throw new IOException("not everything was taken in; " + errors + " says why");
      }
      return used;
    } finally {
      process.destroyForcibly();
    }
  }

  /** With which library the arithmetic is done is what somebody may want to compare. */
  private static boolean isConfiguration(String variable) {
    return variable.startsWith("SKEP_") && !KEPT.contains(variable);
  }

  private static Optional<URI> page(Path output) throws IOException {
    return Files.readString(output)
        .lines()
        .filter(line -> line.startsWith("ready "))
        .map(line -> URI.create(line.substring("ready ".length())))
        .findFirst();
  }

  /** Where other nodes find it. */
  String address() throws IOException, InterruptedException {
    return send(request("/api/skep/v1/status").GET())
        .path("networks")
        .path(0)
        .path("address")
        .asString();
  }

  /** Asks it to dial another one; answered before it has. */
  void connect(String address) throws IOException, InterruptedException {
    post("/api/skep/v1/connect", Map.of("address", address));
  }

  /** Asks for what a browser asks for first: the page, and what the timeline begins with. */
  void showFirstScreen() throws IOException, InterruptedException {
    HttpResponse<String> shown =
        http.send(request("/").GET().build(), HttpResponse.BodyHandlers.ofString());
    if (shown.statusCode() >= 400) {
      throw new IOException("a node did not show its page (" + shown.statusCode() + ")");
    }
    JsonNode timeline = send(request("/api/v1/timelines/home?limit=20").GET());
    if (timeline.isEmpty()) {
      throw new IOException("the timeline of a node is empty");
    }
  }

  /** Posts for the owner; returns when the node says that it is on disk. */
  void say(String text) throws IOException, InterruptedException {
    post("/api/v1/statuses", Map.of("status", text, "visibility", "public"));
  }

  private void post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(page.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("a node refused (" + answer.statusCode() + "): " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  long pid() {
    return process.pid();
  }

  Usage usage() {
    return new Usage(process.pid());
  }

  /** Has it stop as on Ctrl-C, and waits until it has. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("a node did not stop");
    }
  }

  /** Ends it at once, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
