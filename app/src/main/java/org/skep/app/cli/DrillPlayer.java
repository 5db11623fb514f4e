package org.skep.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.skep.app.Config;
import org.skep.app.Node;
import tools.jackson.databind.JsonNode;

/**
 * One person of the drill and her node, which may be stopped and started again. What she does and
 * sees goes through the API that the page uses.
 */
final class DrillPlayer implements AutoCloseable {
  private final Config config;
  private volatile Optional<Node> node = Optional.empty();

  private DrillPlayer(Config config) {
    this.config = config;
  }

  /**
   * Somebody whose node is not started yet.
   *
   * @param data her data folder
   * @param computer where the computer she sits at remembers what ran on it
   * @param networkKey of Scuttlebutt, in base64
   */
  static DrillPlayer on(Path data, Path computer, String networkKey) throws Failure {
    try {
      return new DrillPlayer(
          Config.read(
              data,
              Map.of("http.port", "0", "ssb.port", "0", "ssb.network_key", networkKey),
              Map.of("SKEP_STATE_DIR", computer.toString())));
    } catch (Config.Mistakes e) {
      throw new Failure(Failure.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  Config config() {
    return config;
  }

  Path data() {
    return config.data();
  }

  /** Her node, which runs. */
  Node node() {
    return node.orElseThrow();
  }

  boolean isRunning() {
    return node.isPresent();
  }

  void start() throws IOException {
    node = Optional.of(Node.start(config));
  }

  void stop() {
    node.ifPresent(Node::close);
    node = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private NodeClient client() throws Failure {
    return NodeClient.of(data(), null);
  }

  JsonNode get(String path) throws Failure {
    try (NodeClient client = client()) {
      return client.get(path);
    }
  }

  JsonNode post(String path, Map<String, ?> body) throws Failure {
    try (NodeClient client = client()) {
      return client.post(path, body);
    }
  }

  JsonNode put(String path, Map<String, ?> body) throws Failure {
    try (NodeClient client = client()) {
      return client.put(path, body);
    }
  }

  void delete(String path) throws Failure {
    try (NodeClient client = client()) {
      client.delete(path);
    }
  }

  private JsonNode status() throws Failure {
    return get("/api/skep/v1/status");
  }

  private JsonNode scuttlebutt() throws Failure {
    return status().path("networks").path(0);
  }

  String feed() throws Failure {
    return status().path("accounts").path(0).path("ssb").asString();
  }

  /** How many computers she is connected to. */
  long connected() throws Failure {
    return StreamSupport.stream(scuttlebutt().path("peers").spliterator(), false)
        .filter(peer -> peer.path("connected").asBoolean())
        .count();
  }

  /** Whether her node asks if it is a copy. */
  boolean isAskedWhetherItIsACopy() throws Failure {
    return status().path("copied").isString();
  }

  /** Whether her log rests until she says that all of it is here. */
  boolean rests() throws Failure {
    return scuttlebutt().path("resting").isString();
  }

  void connect(DrillPlayer other) throws Failure {
    post("/api/skep/v1/connect", Map.of("address", other.scuttlebutt().path("address").asString()));
  }

  void follow(DrillPlayer other) throws Failure {
    relate(other, "follow");
  }

  void block(DrillPlayer other) throws Failure {
    relate(other, "block");
  }

  private void relate(DrillPlayer other, String deed) throws Failure {
    post("/api/v1/accounts/" + idOf(other) + "/" + deed, Map.of());
  }

  /** Whether another player is known here to follow her. */
  boolean isFollowedBy(DrillPlayer other) throws Failure {
    return get("/api/v1/accounts/relationships?id[]=" + idOf(other))
        .path(0)
        .path("followed_by")
        .asBoolean();
  }

  /** What another player is called here. */
  String idOf(DrillPlayer other) throws Failure {
    return get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(other.feed()))
        .path("id")
        .asString();
  }

  /**
   * Posts for anybody.
   *
   * @return what the post is called here
   */
  String say(String text) throws Failure {
    return id(post("/api/v1/statuses", Map.of("status", text, "visibility", "public")));
  }

  /** Whether her node lets her post this. */
  boolean maySay(String text) {
    try {
      say(text);
      return true;
    } catch (Failure refused) {
      return false;
    }
  }

  /** Answers a post that she sees. */
  void answer(String parent, String text) throws Failure {
    post(
        "/api/v1/statuses",
        Map.of("status", text, "visibility", "public", "in_reply_to_id", idOf(parent)));
  }

  /** Likes or passes on a post that she sees, or undoes it. */
  void react(String text, String deed) throws Failure {
    post("/api/v1/statuses/" + idOf(text) + "/" + deed, Map.of());
  }

  /** What a post that she sees is called here. */
  private String idOf(String text) throws Failure {
    return sees(text).map(DrillPlayer::id).orElseThrow(() -> unseen(text));
  }

  private static Failure unseen(String text) {
    return new Failure(Failure.REFUSED, "“" + text + "” did not come.");
  }

  void writeLetter(DrillPlayer to, String text) throws Failure {
    post(
        "/api/v1/statuses",
        Map.of("status", text, "visibility", "direct", "skep_to", List.of(idOf(to))));
  }

  void answerLetter(String letter, String text) throws Failure {
    String id = letter(letter).map(DrillPlayer::id).orElseThrow(() -> unseen(letter));
    post("/api/v1/statuses", Map.of("status", text, "visibility", "direct", "in_reply_to_id", id));
  }

  /** The post with this text on her timeline. */
  Optional<JsonNode> sees(String text) throws Failure {
    return find("home", text);
  }

  /** The post with this text among those of friends' friends. */
  Optional<JsonNode> around(String text) throws Failure {
    return find("public", text);
  }

  /** The letter with this text, if it is the newest of its conversation. */
  Optional<JsonNode> letter(String text) throws Failure {
    return withText(
        stream(get("/api/v1/conversations")).map(each -> each.path("last_status")), text);
  }

  /** How far others have a post of hers: {@code held}, {@code waiting} or {@code confirmed}. */
  String delivery(String text) throws Failure {
    return sees(text)
        .map(post -> post.path("skep").path("delivery"))
        .orElseThrow(() -> unseen(text))
        .path("state")
        .asString("");
  }

  /** Whether any entry of another player's log that is here has this text. */
  boolean everHad(DrillPlayer author, String text) throws Failure {
    try (NodeClient client = client()) {
      return client
          .text("/api/skep/v1/entries?network=ssb&author=" + NodeClient.quote(author.feed()))
          .contains(text);
    }
  }

  /** The sentences about why another player's posts are here. */
  Stream<String> why(DrillPlayer other) throws Failure {
    return stream(get("/api/skep/v1/people/" + idOf(other) + "/why").path("words"))
        .map(JsonNode::asString);
  }

  /**
   * Lets what she posts wait.
   *
   * @param seconds 0: not at all
   */
  void holdBack(int seconds) throws Failure {
    put("/api/skep/v1/hold_back", Map.of("seconds", seconds));
  }

  /** Whether an answer stands below a post that she sees. */
  boolean answered(String post, String answer) throws Failure {
    Optional<JsonNode> parent = sees(post);
    if (parent.isEmpty()) {
      return false;
    }
    JsonNode context = get("/api/v1/statuses/" + id(parent.get()) + "/context");
    return withText(stream(context.path("descendants")), answer).isPresent();
  }

  private Optional<JsonNode> find(String timeline, String text) throws Failure {
    return withText(stream(get("/api/v1/timelines/" + timeline + "?limit=40")), text);
  }

  private static Optional<JsonNode> withText(Stream<JsonNode> posts, String text) {
    return posts
        .filter(post -> post.path("skep").path("text").asString("").equals(text))
        .findFirst();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String id(JsonNode entity) {
    return entity.path("id").asString();
  }
}
