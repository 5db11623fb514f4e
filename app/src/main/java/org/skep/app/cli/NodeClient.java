package org.skep.app.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.app.NodeFiles;
import org.skep.app.RunningProof;
import org.skep.doors.SystemRandomness;
import org.skep.kernel.Bytes;
import org.skep.kernel.Randomness;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the node that runs on a data folder, as one of its people. */
final class NodeClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than putting everything in order takes on the smallest of computers. */
  private static final Duration PATIENCE_FOR_LONG_WORK = Duration.ofDays(1);

  private static final Randomness RANDOMNESS = new SystemRandomness();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final String token;

  private NodeClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * Finds the node. Nothing secret is sent before it has proven that it is the one that wrote the
   * data folder's files.
   *
   * @param account the name of the person; the first when null
   * @throws Failure when no node runs there, or nobody has this name
   */
  static NodeClient of(Path folder, @Nullable String account) throws Failure {
    NodeFiles.Running running = NodeFiles.running(folder).orElseThrow(() -> noNode(folder));
    NodeClient node =
        new NodeClient(URI.create("http://localhost:" + running.port()), token(folder, account));
    boolean proven = false;
    try {
      proven = node.isProvenBy(running);
    } finally {
      if (!proven) {
        node.close();
      }
    }
    if (!proven) {
      throw noNode(folder);
    }
    return node;
  }

  private boolean isProvenBy(NodeFiles.Running running) throws Failure {
    String challenge = RunningProof.challenge(RANDOMNESS);
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(RunningProof.PATH + challenge))
            .timeout(PATIENCE)
            .GET()
            .build();
    return running.proof().isRight(running.port(), challenge, exchange(request).body());
  }

  private static String token(Path folder, @Nullable String account) throws Failure {
    Map<String, String> tokens = NodeFiles.tokens(folder);
    if (account == null) {
      return tokens.values().stream().findFirst().orElse("");
    }
    return Optional.ofNullable(tokens.get(account))
        .orElseThrow(() ->
            new Failure(
                Failure.REFUSED,
                "Nobody called "
                    + account
                    + " lives here; there are: "
                    + String.join(", ", tokens.keySet())
                    + "."));
  }

  private static Failure noNode(Path folder) {
    return new Failure(
        Failure.NO_NODE, "Skep is not running on " + folder + ". Start it with: ./skep up");
  }

  URI page() {
    return base;
  }

  JsonNode get(String path) throws Failure {
    return send(request(path).GET());
  }

  String text(String path) throws Failure {
    return answer(request(path).timeout(PATIENCE_FOR_LONG_WORK).GET()).body();
  }

  JsonNode post(String path, Map<String, ?> body) throws Failure {
    return send(posting(path, body));
  }

  JsonNode put(String path, Map<String, ?> body) throws Failure {
    return send(sending("PUT", path, body));
  }

  /** Asks for work that may take hours, and waits for it. */
  JsonNode postLong(String path, Map<String, ?> body) throws Failure {
    return send(posting(path, body).timeout(PATIENCE_FOR_LONG_WORK));
  }

  /**
   * Sends lines of text that are no parameters of the call. They may wait long, behind what others
   * bring.
   */
  JsonNode postLines(String path, Bytes lines) throws Failure {
    return send(
        request(path)
            .timeout(PATIENCE_FOR_LONG_WORK)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines.toArray())));
  }

  JsonNode delete(String path) throws Failure {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder posting(String path, Map<String, ?> body) {
    return sending("POST", path, body);
  }

  private HttpRequest.Builder sending(String method, String path, Map<String, ?> body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws Failure {
    try {
      String body = answer(request).body();
      return JSON.readTree(body.isBlank() ? "{}" : body);
    } catch (JacksonException e) {
      throw new Failure(Failure.REFUSED, "The node gave an answer that can't be read.");
    }
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) throws Failure {
    HttpResponse<String> answer = exchange(request.build());
    if (answer.statusCode() >= 400) {
      throw new Failure(Failure.REFUSED, sentence(answer));
    }
    return answer;
  }

  private HttpResponse<String> exchange(HttpRequest request) throws Failure {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpConnectTimeoutException e) {
      throw unanswered();
    } catch (HttpTimeoutException e) {
      throw new Failure(
          Failure.REFUSED, "Skep is still busy at " + base + " and has not answered yet.");
    } catch (IOException e) {
      throw unanswered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.REFUSED, "Interrupted.");
    }
  }

  private Failure unanswered() {
    return new Failure(
        Failure.NO_NODE, "Skep does not answer at " + base + ". Start it with: ./skep up");
  }

  private static String sentence(HttpResponse<String> answer) {
    try {
      String error = JSON.readTree(answer.body()).path("error").asString("");
      if (!error.isEmpty()) {
        return error;
      }
    } catch (JacksonException e) {
      // Not JSON: the status says enough.
      return "The node refused (" + answer.statusCode() + ").";
    }
    return "The node refused (" + answer.statusCode() + ").";
  }

  static String quote(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
