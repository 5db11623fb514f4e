package org.skep.testkit.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Scuttlebutt program as a process: the unmodified ssb-db2 stack ({@code
 * interop/peer/peer.js}) or the older ssb-server ({@code interop/classic-peer/peer.js}).
 *
 * <p>Its folder holds identity, port and data, so that {@link #restart} brings back the same peer
 * at the same address.
 */
public final class SsbPeer implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOAD_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final String name;
  private final List<String> command;
  private final Path errors;
  private LineProcess process;
  private final String id;
  private final String address;

  private SsbPeer(
      String name, List<String> command, Path errors, LineProcess process, String ready) {
    this.name = name;
    this.command = command;
    this.errors = errors;
    this.process = process;
    int space = ready.indexOf(' ');
    this.id = ready.substring(0, space);
    this.address = ready.substring(space + 1);
  }

  /**
   * Starts the ssb-db2 stack and waits until it listens.
   *
   * @param networkKey 32 bytes, base64: {@code caps.shs}
   */
  public static SsbPeer start(NpmFolder npm, Path folder, String networkKey)
      throws IOException, InterruptedException {
    return start("ssb-db2", npm, folder, networkKey);
  }

  /**
   * Starts ssb-server, which replicates by {@code createHistoryStream} alone, and waits until it
   * listens.
   */
  public static SsbPeer startClassic(Path folder, String networkKey)
      throws IOException, InterruptedException {
    return start("ssb-server", NpmFolder.classicPeer(), folder, networkKey);
  }

  private static SsbPeer start(String name, NpmFolder npm, Path folder, String networkKey)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(npm.node("peer.js"));
    command.addAll(List.of("--folder", folder.toString(), "--network-key", networkKey));
    Files.createDirectories(folder);
    Path errors = folder.resolve("peer.err");
    LineProcess process = LineProcess.start(name, command, Map.of(), errors);
    return new SsbPeer(
        name, command, errors, process, process.awaitReady("READY ", START_PATIENCE));
  }

  /** What program it is. */
  public String name() {
    return name;
  }

  /** Of the process that runs now. */
  public long pid() {
    return process.pid();
  }

  /** The feed id, {@code @….ed25519}. */
  public String id() {
    return id;
  }

  /** The multiserver address, {@code net:127.0.0.1:PORT~shs:KEY}. */
  public String address() {
    return address;
  }

  /** Publishes a public post; the answer is its message id. */
  public String publish(String text) throws IOException, InterruptedException {
    return call("publish", Map.of("text", text)).get("key").asString();
  }

  /** Publishes content as it stands; the answer is its message id. */
  public String create(Map<String, Object> content) throws IOException, InterruptedException {
    return call("create", Map.of("content", content)).get("key").asString();
  }

  public void setName(String name) throws IOException, InterruptedException {
    call("name", Map.of("name", name));
  }

  public void follow(String feedId) throws IOException, InterruptedException {
    call("follow", Map.of("id", feedId));
  }

  public void block(String feedId) throws IOException, InterruptedException {
    create(Map.of("type", "contact", "contact", feedId, "following", false, "blocking", true));
  }

  /** Answers the post that begins a thread; the answer is its message id. */
  public String reply(String text, String root) throws IOException, InterruptedException {
    return create(Map.of("type", "post", "text", text, "root", root, "branch", root));
  }

  public void like(String messageId) throws IOException, InterruptedException {
    create(
        Map.of(
            "type", "vote", "vote", Map.of("link", messageId, "value", 1, "expression", "Like")));
  }

  /** Chooses a picture that this peer has. */
  public void choosePicture(String blobId) throws IOException, InterruptedException {
    create(Map.of("type", "about", "about", id, "image", Map.of("link", blobId)));
  }

  /** Posts words and a picture below them; the answer is its message id. */
  public String show(String text, String blobId, int sizeBytes)
      throws IOException, InterruptedException {
    Map<String, Object> mention =
        Map.of("link", blobId, "name", "noise", "type", "image/png", "size", sizeBytes);
    return create(
        Map.of(
            "type",
            "post",
            "text",
            text + "\n\n![noise](" + blobId + ")",
            "mentions",
            List.of(mention)));
  }

  /**
   * Has ssb-db2 ask EBT for a feed, which otherwise a replication scheduler would; forgotten by a
   * restart. Ssb-server asks for whom it follows without being told.
   */
  public void request(String feedId) throws IOException, InterruptedException {
    request(List.of(feedId));
  }

  public void request(List<String> feedIds) throws IOException, InterruptedException {
    call("request", Map.of("ids", feedIds));
  }

  /**
   * Ssb-db2: adds the messages of a file.
   *
   * @param file a value a line
   * @throws IllegalStateException when it refuses one, saying why
   */
  public void load(Path file) throws IOException, InterruptedException {
    load(file, false);
  }

  /**
   * Ssb-db2: adds the messages of a file, and names them.
   *
   * @param file a value a line
   * @return what it calls them, in the order of the file
   * @throws IllegalStateException when it refuses one, saying why
   */
  public List<String> loadAndName(Path file) throws IOException, InterruptedException {
    return load(file, true).valueStream().map(JsonNode::asString).toList();
  }

  private JsonNode load(Path file, boolean naming) throws IOException, InterruptedException {
    return call("load", Map.of("file", file.toString(), "naming", naming), LOAD_PATIENCE);
  }

  public void connect(String multiserverAddress) throws IOException, InterruptedException {
    call("connect", Map.of("address", multiserverAddress));
  }

  /** How many connections, in and out, were made since the process started. */
  public int connections() throws IOException, InterruptedException {
    return call("connections", Map.of()).asInt();
  }

  /** Ssb-server: the arguments of each {@code createHistoryStream} that others asked of it. */
  public JsonNode asked() throws IOException, InterruptedException {
    return call("asked", Map.of());
  }

  /** With whom this peer is connected, as feed ids. */
  public List<String> connected() throws IOException, InterruptedException {
    return call("connected", Map.of()).valueStream().map(JsonNode::asString).toList();
  }

  /**
   * Whether a connected peer asks ssb-db2 to send a feed; of ssb-server, whether one did since it
   * started.
   */
  public boolean isAskedFor(String feedId, String byFeedId)
      throws IOException, InterruptedException {
    return call("askedFor", Map.of("id", feedId, "by", byFeedId)).asBoolean();
  }

  /** The last sequence of every feed this peer stores. */
  public JsonNode clock() throws IOException, InterruptedException {
    return call("clock", Map.of());
  }

  /** The texts of a feed's posts in the order of the feed. */
  public List<String> posts(String feedId) throws IOException, InterruptedException {
    List<String> texts = new ArrayList<>();
    call("posts", Map.of("id", feedId)).forEach(text -> texts.add(text.asString()));
    return texts;
  }

  /** The contents of a feed's letters that this peer can open, in its order. */
  public JsonNode letters(String feedId) throws IOException, InterruptedException {
    return call("letters", Map.of("id", feedId));
  }

  /** Seals a content for some feeds with the peer's own plugin: its {@code {key, content}}. */
  public JsonNode writeLetter(Map<String, Object> content, List<String> readers)
      throws IOException, InterruptedException {
    return call("writeLetter", Map.of("content", content, "recps", readers));
  }

  /** The stored messages {@code {key, value, timestamp}} of a feed in its order. */
  public JsonNode messages(String feedId) throws IOException, InterruptedException {
    return call("messages", Map.of("id", feedId));
  }

  /** A stored message of a feed by its words. */
  public Optional<JsonNode> message(String feedId, String text)
      throws IOException, InterruptedException {
    return messages(feedId)
        .valueStream()
        .filter(message -> message.at("/value/content/text").asString("").equals(text))
        .findFirst();
  }

  /** The contents of a feed's stored messages of one type, in its order. */
  public List<JsonNode> contents(String feedId, String type)
      throws IOException, InterruptedException {
    return messages(feedId)
        .valueStream()
        .map(message -> message.at("/value/content"))
        .filter(content -> content.path("type").asString("").equals(type))
        .toList();
  }

  /** The name a feed gives itself; empty when this peer knows none. */
  public String nameOf(String feedId) throws IOException, InterruptedException {
    return call("profile", Map.of("id", feedId)).path("name").asString("");
  }

  /** The picture a feed chose, a blob id; empty when this peer knows none. */
  public String imageOf(String feedId) throws IOException, InterruptedException {
    return call("profile", Map.of("id", feedId)).path("image").asString("");
  }

  /** Keeps a blob; the answer is its id. */
  public String addBlob(byte[] content) throws IOException, InterruptedException {
    return call("addBlob", Map.of("content", Base64.getEncoder().encodeToString(content)))
        .asString();
  }

  /** Has ssb-blobs fetch a blob from whoever has it. */
  public void wantBlob(String blobId) throws IOException, InterruptedException {
    call("wantBlob", Map.of("id", blobId));
  }

  /** A blob that this peer has. */
  public byte[] blob(String blobId) throws IOException, InterruptedException {
    return call("blob", Map.of("id", blobId)).binaryValue();
  }

  /** What another peer answers about a blob: {@code {has, bytes, refused}}. */
  public JsonNode askBlob(String from, String blobId) throws IOException, InterruptedException {
    return call("askBlob", Map.of("from", from, "id", blobId));
  }

  public boolean knowsBlock(String source, String dest) throws IOException, InterruptedException {
    return call("blocking", Map.of("source", source, "dest", dest)).asBoolean();
  }

  public boolean knowsFollow(String source, String dest) throws IOException, InterruptedException {
    return call("following", Map.of("source", source, "dest", dest)).asBoolean();
  }

  /** Ends the process cleanly and starts it again on the same folder. */
  public void restart() throws IOException, InterruptedException {
    close();
    process = LineProcess.start(name, command, Map.of(), errors);
    process.awaitReady("READY ", START_PATIENCE);
  }

  @Override
  public void close() throws IOException {
    process.closeInput();
    process.awaitEndUninterrupted(STOP_PATIENCE);
  }

  private JsonNode call(String request, Map<String, Object> arguments)
      throws IOException, InterruptedException {
    return call(request, arguments, ANSWER_PATIENCE);
  }

  private JsonNode call(String request, Map<String, Object> arguments, Duration patience)
      throws IOException, InterruptedException {
    var line = JSON.createObjectNode().put("cmd", request);
    arguments.forEach((key, value) -> line.set(key, JSON.valueToTree(value)));
    process.writeLine(JSON.writeValueAsString(line));
    JsonNode answer = JSON.readTree(process.readLine(patience));
    if (!answer.get("ok").asBoolean()) {
      throw new IllegalStateException(
          name + " refused " + request + ": " + answer.get("error").asString());
    }
    return answer.get("result");
  }
}
