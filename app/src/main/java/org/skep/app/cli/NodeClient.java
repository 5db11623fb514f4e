package org.skep.app.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.app.NodeFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the node that runs on a data folder, as one of its people. */
final class NodeClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
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
   * @param account the name of the person; the first when null
   * @throws Failure when no node runs there, or nobody has this name
   */
  static NodeClient of(Path folder, @Nullable String account) throws Failure {
    Optional<Integer> port = NodeFiles.port(folder);
    if (port.isEmpty()) {
      throw noNode(folder);
    }
    Map<String, String> tokens = NodeFiles.tokens(folder);
    String token =
        account == null
            ? tokens.values().stream().findFirst().orElse("")
            : Optional.ofNullable(tokens.get(account))
                .orElseThrow(() ->
                    new Failure(
                        Failure.REFUSED,
                        "Nobody called "
                            + account
                            + " lives here; there are: "
                            + String.join(", ", tokens.keySet())
                            + "."));
    return new NodeClient(URI.create("http://localhost:" + port.get()), token);
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
    return answer(request(path).GET()).body();
  }

  JsonNode post(String path, Map<String, ?> body) throws Failure {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
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
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400) {
        throw new Failure(Failure.REFUSED, sentence(answer));
      }
      return answer;
    } catch (IOException e) {
      throw new Failure(
          Failure.NO_NODE, "Skep does not answer at " + base + ". Start it with: ./skep up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.REFUSED, "Interrupted.");
    }
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
