package org.skep.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.testkit.peers.LineProcess;
import org.skep.testkit.peers.NpmFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reader and writer of home logs in {@code interop/second-reader}, as a child process. */
final class SecondReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** An id when it accepted, a reason when it refused. */
  record Judgement(Optional<String> id, String reason) {}

  private final JsonMapper json = new JsonMapper();
  private final LineProcess process;

  SecondReader(Path errors) throws IOException, InterruptedException {
    this.process =
        LineProcess.start(
            "second reader", NpmFolder.secondReader().node("main.js"), Map.of(), errors);
  }

  Judgement verify(Bytes header, @Nullable Bytes body) throws IOException, InterruptedException {
    ObjectNode request = request("verify").put("header", header.hex());
    if (body != null) {
      request.put("body", body.hex());
    }
    JsonNode answer = ask(request);
    return new Judgement(answer.optional("id").map(JsonNode::asString), reason(answer));
  }

  boolean follows(@Nullable Bytes previous, Bytes header) throws IOException, InterruptedException {
    ObjectNode request = request("follows").put("header", header.hex());
    if (previous != null) {
      request.put("previous", previous.hex());
    }
    return ask(request).has("ok");
  }

  /** The signed header it writes. */
  Bytes write(
      Bytes seed,
      long sequence,
      @Nullable Bytes backlink,
      @Nullable Bytes extensions,
      @Nullable Bytes body)
      throws IOException, InterruptedException {
    ObjectNode request = request("write").put("seed", seed.hex()).put("sequence", sequence);
    putIfAny(request, "backlink", backlink);
    putIfAny(request, "extensions", extensions);
    putIfAny(request, "body", body);
    return Bytes.ofHex(ask(request).get("header").asString());
  }

  private static void putIfAny(ObjectNode request, String name, @Nullable Bytes value) {
    if (value != null) {
      request.put(name, value.hex());
    }
  }

  private ObjectNode request(String what) {
    return json.createObjectNode().put("do", what);
  }

  private static String reason(JsonNode answer) {
    return answer.optional("refused").map(JsonNode::asString).orElse("");
  }

  private JsonNode ask(ObjectNode request) throws IOException, InterruptedException {
    process.writeLine(json.writeValueAsString(request));
    return json.readTree(process.readLine(PATIENCE));
  }

  @Override
  public void close() throws IOException {
    process.closeInput();
    process.awaitEndUninterrupted(PATIENCE);
  }
}
