package org.skep.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.kernel.Clock;
import org.skep.kernel.Randomness;
import tools.jackson.databind.JsonNode;

/**
 * Three whole nodes, Ana's, Ben's and yours, and later Cid's, on free loopback ports and a network
 * key of their own: they meet, follow, post, answer. Everything is done and seen through the same
 * API that the page uses.
 */
final class Drill implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Clock clock;
  private final Path folder;
  private final String networkKey;
  private final List<Player> players = new CopyOnWriteArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param what was looked for, as a sentence
   */
  record Line(String what, boolean seen) {}

  private Drill(Clock clock, Path folder, String networkKey) {
    this.clock = clock;
    this.folder = folder;
    this.networkKey = networkKey;
  }

  static Drill prepare(Clock clock, Randomness randomness) throws IOException {
    Path folder = Files.createTempDirectory("skep-drill-");
    return new Drill(clock, folder, randomness.bytes(32).base64());
  }

  /** One person and her node, which may be stopped and started again. */
  private final class Player {
    private final Path data;
    private volatile Optional<Node> node = Optional.empty();

    Player(String name) {
      this.data = folder.resolve(name);
    }

    void start() throws IOException, Failure {
      try {
        Map<String, String> flags =
            Map.of("http.port", "0", "ssb.port", "0", "ssb.network_key", networkKey);
        node = Optional.of(Node.start(Config.read(data, flags, Map.of())));
      } catch (Config.Mistakes e) {
        throw new Failure(Failure.REFUSED, String.valueOf(e.getMessage()));
      }
    }

    void stop() {
      node.ifPresent(Node::close);
      node = Optional.empty();
    }

    JsonNode get(String path) throws Failure {
      try (NodeClient client = NodeClient.of(data, null)) {
        return client.get(path);
      }
    }

    JsonNode post(String path, Map<String, ?> body) throws Failure {
      try (NodeClient client = NodeClient.of(data, null)) {
        return client.post(path, body);
      }
    }

    JsonNode put(String path, Map<String, ?> body) throws Failure {
      try (NodeClient client = NodeClient.of(data, null)) {
        return client.put(path, body);
      }
    }

    void delete(String path) throws Failure {
      try (NodeClient client = NodeClient.of(data, null)) {
        client.delete(path);
      }
    }

    String feed() throws Failure {
      return get("/api/skep/v1/status").path("accounts").path(0).path("ssb").asString();
    }

    String address() throws Failure {
      return get("/api/skep/v1/status").path("networks").path(0).path("address").asString();
    }

    void follow(Player other) throws Failure {
      relate(other, "follow");
    }

    void block(Player other) throws Failure {
      relate(other, "block");
    }

    private void relate(Player other, String deed) throws Failure {
      post("/api/v1/accounts/" + idOf(other) + "/" + deed, Map.of());
    }

    /** What another player is called here. */
    String idOf(Player other) throws Failure {
      return get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(other.feed()))
          .path("id")
          .asString();
    }

    String say(String text) throws Failure {
      return post("/api/v1/statuses", Map.of("status", text, "visibility", "public"))
          .path("id")
          .asString();
    }

    /** The post with this text on the timeline. */
    Optional<JsonNode> sees(String text) throws Failure {
      return find("home", text);
    }

    /** The post with this text among those of friends' friends. */
    Optional<JsonNode> around(String text) throws Failure {
      return find("public", text);
    }

    /** The letter with this text, if it is the newest of its conversation. */
    Optional<JsonNode> letter(String text) throws Failure {
      return StreamSupport.stream(get("/api/v1/conversations").spliterator(), false)
          .map(conversation -> conversation.path("last_status"))
          .filter(letter -> letter.path("skep").path("text").asString().equals(text))
          .findFirst();
    }

    private Optional<JsonNode> find(String timeline, String text) throws Failure {
      JsonNode posts = get("/api/v1/timelines/" + timeline + "?limit=40");
      return StreamSupport.stream(posts.spliterator(), false)
          .filter(post -> post.path("skep").path("text").asString().equals(text))
          .findFirst();
    }
  }

  /** Something to wait for. */
  private interface Sight {
    boolean seen() throws Failure;
  }

  private void expect(String what, Sight sight) throws Failure, InterruptedException {
    long deadline = clock.monotonicNanos() + PATIENCE.toNanos();
    boolean seen = sight.seen();
    while (!seen && clock.monotonicNanos() < deadline) {
      clock.sleep(BETWEEN_LOOKS);
      seen = sight.seen();
    }
    lines.add(new Line(what, seen));
    Output.line((seen ? "seen: " : "NOT SEEN: ") + what);
  }

  /** Plays the whole of it; what was seen is in {@link #lines}. */
  void play() throws IOException, Failure, InterruptedException {
    Player ana = join("Ana");
    Player ben = join("Ben");
    Player you = join("You");
    expect("three Skeps run on this machine, each with a person", () -> players.size() == 3);
    meet(ana, ben, you);
    talk(ana, ben, you);
    change(ana, ben, you);
    write(ana, ben, you);
    comeBack(ana, ben);
    reachFurther(ben, you);
    rebuild(you);
  }

  private Player join(String name) throws IOException, Failure {
    Player player = new Player(name);
    players.add(player);
    player.start();
    player.node.orElseThrow().addPerson(name, Optional.empty());
    return player;
  }

  private void meet(Player ana, Player ben, Player you) throws Failure, InterruptedException {
    you.post("/api/skep/v1/connect", Map.of("address", ana.address()));
    you.post("/api/skep/v1/connect", Map.of("address", ben.address()));
    ben.post("/api/skep/v1/connect", Map.of("address", ana.address()));
    expect(
        "all three are connected to each other", () -> connected(you) >= 2 && connected(ben) >= 2);
    for (Player player : players) {
      for (Player other : players) {
        if (!player.equals(other)) {
          player.follow(other);
        }
      }
    }
    expect(
        "each knows that the others follow",
        () -> followed(ana, ben) && followed(ben, you) && followed(you, ana));
  }

  private static long connected(Player player) throws Failure {
    JsonNode peers = player.get("/api/skep/v1/status").path("networks").path(0).path("peers");
    return StreamSupport.stream(peers.spliterator(), false)
        .filter(peer -> peer.path("connected").asBoolean())
        .count();
  }

  private static boolean followed(Player player, Player by) throws Failure {
    return player
        .get("/api/v1/accounts/relationships?id[]=" + player.idOf(by))
        .path(0)
        .path("followed_by")
        .asBoolean();
  }

  private void talk(Player ana, Player ben, Player you) throws Failure, InterruptedException {
    String hello = "Hello from Ana: é ✓ 😀";
    String answer = "Ben answers Ana";
    ana.say(hello);
    expect(
        "Ana's post is on Ben's timeline and on yours",
        () -> ben.sees(hello).isPresent() && you.sees(hello).isPresent());
    String parent = ben.sees(hello).map(post -> post.path("id").asString()).orElse("0");
    ben.post(
        "/api/v1/statuses",
        Map.of("status", answer, "visibility", "public", "in_reply_to_id", parent));
    expect(
        "Ben's answer stands below Ana's post at Ana's and at yours",
        () -> answered(ana, hello, answer) && answered(you, hello, answer));
    expect(
        "asked why, your computer says who brought it Ana's posts", () -> saysWhoBrought(you, ana));
    String liked = you.sees(hello).map(post -> post.path("id").asString()).orElse("0");
    you.post("/api/v1/statuses/" + liked + "/favourite", Map.of());
    expect(
        "Ana sees that you like her post",
        () ->
            ana.sees(hello).filter(post -> post.path("favourites_count").asInt() == 1).isPresent());
    expect(
        "Ana is told whose computers have her post",
        () ->
            ana.sees(hello)
                .filter(post ->
                    !post.path("skep").path("delivery").path("state").asString().equals("waiting"))
                .isPresent());
  }

  private static boolean saysWhoBrought(Player player, Player author) throws Failure {
    JsonNode words =
        player.get("/api/skep/v1/people/" + player.idOf(author) + "/why").path("words");
    return StreamSupport.stream(words.spliterator(), false)
        .anyMatch(sentence -> sentence.asString().contains("; brought "));
  }

  private void change(Player ana, Player ben, Player you) throws Failure, InterruptedException {
    String said = "Helo again";
    String better = "Hello again";
    String id = ana.say(said);
    expect("Ana's second post is on Ben's timeline", () -> ben.sees(said).isPresent());
    String seen = ben.sees(said).map(post -> post.path("id").asString()).orElse("0");
    ben.post("/api/v1/statuses/" + seen + "/reblog", Map.of());
    expect(
        "you see that Ben passes it on",
        () -> you.sees(said).filter(post -> post.path("reblogs_count").asInt() == 1).isPresent());
    ana.put("/api/v1/statuses/" + id, Map.of("status", better));
    expect(
        "Ana's better words stand in its place at Ben's and at yours",
        () -> ben.sees(better).isPresent() && you.sees(better).isPresent());
    ana.delete("/api/v1/statuses/" + id);
    expect(
        "Ana deletes it, and it is gone at Ben's and at yours",
        () ->
            ben.sees(better).isEmpty()
                && ben.sees(said).isEmpty()
                && you.sees(better).isEmpty()
                && you.sees(said).isEmpty());
  }

  private void write(Player ana, Player ben, Player you) throws Failure, InterruptedException {
    String words = "Ben, this is for you alone";
    String answer = "I have read it";
    ana.post(
        "/api/v1/statuses",
        Map.of("status", words, "visibility", "direct", "skep_to", List.of(ana.idOf(ben))));
    expect("Ben has Ana's letter", () -> ben.letter(words).isPresent());
    ben.post(
        "/api/v1/statuses",
        Map.of(
            "status",
            answer,
            "visibility",
            "direct",
            "in_reply_to_id",
            ben.letter(words).map(letter -> letter.path("id").asString()).orElse("0")));
    String seal = "Your computer has all of this by now";
    expect("Ana has Ben's answer", () -> ana.letter(answer).isPresent());
    ben.say(seal);
    expect(
        "your computer carries these letters, and shows you none of them",
        () -> you.sees(seal).isPresent() && you.get("/api/v1/conversations").isEmpty());
  }

  private static boolean answered(Player player, String post, String answer) throws Failure {
    Optional<JsonNode> parent = player.sees(post);
    if (parent.isEmpty()) {
      return false;
    }
    JsonNode below =
        player
            .get("/api/v1/statuses/" + parent.get().path("id").asString() + "/context")
            .path("descendants");
    return StreamSupport.stream(below.spliterator(), false)
        .anyMatch(reply -> reply.path("skep").path("text").asString().equals(answer));
  }

  private void comeBack(Player ana, Player ben) throws IOException, Failure, InterruptedException {
    ben.stop();
    String missed = "Written while Ben's computer was off";
    ana.say(missed);
    ben.start();
    expect(
        "Ben's computer was off, and has Ana's new post after it came back",
        () -> ben.sees(missed).isPresent());
  }

  /** Cid knows Ben and nobody else. */
  private void reachFurther(Player ben, Player you)
      throws IOException, Failure, InterruptedException {
    Player cid = join("Cid");
    String words = "Cid, whom only Ben knows, says hello";
    cid.say(words);
    cid.post("/api/skep/v1/connect", Map.of("address", ben.address()));
    ben.follow(cid);
    expect(
        "what Cid writes reaches you through Ben, around you and not among your friends' posts",
        () -> you.around(words).isPresent() && you.sees(words).isEmpty());
    you.block(cid);
    expect(
        "you block Cid: nothing of his is shown to you any more",
        () -> you.around(words).isEmpty() && ben.sees(words).isPresent());
  }

  private void rebuild(Player you) throws Failure, InterruptedException {
    Node node = you.node.orElseThrow();
    List<String> before = node.dumpViews();
    node.rebuild();
    expect(
        "your timeline, built anew from what is kept, is the same",
        () -> before.equals(node.dumpViews()));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Opens the three pages, or prints links to them. */
  void open() throws Failure, InterruptedException {
    for (Player player : players) {
      String link = player.post("/api/skep/v1/links", Map.of()).path("url").asString();
      if (!Browser.open(player.data, link)) {
        Output.line("open " + link);
      }
    }
  }

  /** Waits until the process is ended. */
  void stay() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    players.forEach(Player::stop);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the drill's folder " + folder + " is left behind", e);
    }
  }
}
