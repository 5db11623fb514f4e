package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.Refusal;
import org.skep.engine.SqlVault;
import org.skep.engine.Tokens;
import org.skep.http.DoorConfig;
import org.skep.http.JettyDoor;
import org.skep.http.RouteTable;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Progress;
import org.skep.kernel.Ref;
import org.skep.kernel.Vault;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.Site;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node without protocols on a folder, with the API behind a real door; Ana and Ben live there.
 */
final class SmallNode implements NodeControl, AutoCloseable {
  static final NetworkId SSB = ScuttlebuttNetwork.ID;
  private static final JsonMapper JSON = JsonMapper.shared();

  final ShiftedClock clock = new ShiftedClock();
  final AtomicBoolean stopped = new AtomicBoolean();
  final AccountId ana;
  final AccountId ben;
  final Engine engine;
  final FileBlobs blobs;
  private final ThreadTasks tasks = new ThreadTasks();
  private final SqliteStore store;
  private final SqlVault vault;
  private final Api api;
  private final JettyDoor door;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<AccountId, String> tokens = new LinkedHashMap<>();

  SmallNode(Path folder) throws IOException {
    SystemRandomness randomness = new SystemRandomness();
    store = SqliteStore.open(folder, clock, tasks);
    blobs = FileBlobs.open(folder, store, clock);
    SqliteAliases aliases = new SqliteAliases();
    SqliteFacts facts = new SqliteFacts(store, aliases);
    vault = new SqlVault(randomness);
    engine =
        engine(
            new Engine.Ground(store, facts, facts, blobs, aliases, vault, clock, randomness, tasks),
            facts);
    ana = engine.actions().createAccount("Ana", Map.of());
    ben = engine.actions().createAccount("Ben", Map.of());
    for (AccountId account : List.of(ana, ben)) {
      tokens.put(account, engine.tokens().create(account, Tokens.Kind.ACCESS, "test"));
    }
    api = new Api(new Api.Ground(engine, store, blobs, aliases, vault, clock, tasks, this));
    RouteTable routes = new RouteTable();
    api.register(routes, _ -> org.skep.kernel.http.HttpResponse.html(200, "<p>the page</p>"));
    door =
        JettyDoor.open(
            DoorConfig.onPorts(0, 0, 0, "hint"), routes, Api.authenticator(engine.tokens()));
  }

  private static Engine engine(Engine.Ground ground, SqliteFacts facts) {
    try {
      return new Engine(
          ground,
          new HomeOwnLog(ground.vault(), facts, ground.clock(), ground.randomness()),
          List.of(
              new HomeNetwork(ground.vault()),
              new ScuttlebuttNetwork(
                  ground.vault(), facts, ground.clock(), ground.randomness(), SignCap.NONE)),
          (_, _) -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The machine's time, moved by as much as a test wants. */
  static final class ShiftedClock implements Clock {
    private final SystemClock real = new SystemClock();
    private final AtomicLong shiftMillis = new AtomicLong();

    void pass(Duration time) {
      shiftMillis.addAndGet(time.toMillis());
    }

    @Override
    public long wallMillis() {
      return real.wallMillis() + shiftMillis.get();
    }

    @Override
    public long monotonicNanos() {
      return real.monotonicNanos() + shiftMillis.get() * 1_000_000;
    }

    @Override
    public void sleep(Duration howLong) throws InterruptedException {
      real.sleep(howLong);
    }

    @Override
    public boolean await(Condition condition, Duration atMost) throws InterruptedException {
      return real.await(condition, atMost);
    }
  }

  /** What the API registers. */
  List<HttpRoute> registered() {
    List<HttpRoute> registered = new ArrayList<>();
    api.register(registered::add, _ -> org.skep.kernel.http.HttpResponse.empty(204));
    return registered;
  }

  String origin() {
    return "http://localhost:" + door.port(Site.APP);
  }

  /** Where the content site is found under a host name. */
  String contentOrigin(String host) {
    return "http://" + host + ":" + door.port(Site.CONTENT);
  }

  int port() {
    return door.port(Site.APP);
  }

  String idOf(AccountId account) {
    return engine.reader().self(account).id().toString();
  }

  String feedOf(AccountId account) {
    return engine.reader().self(account).identities().stream()
        .filter(ref -> ref.network().equals(SSB))
        .map(Ref::id)
        .findFirst()
        .orElseThrow();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(30));
  }

  HttpRequest.Builder as(AccountId account, String path) {
    return to(path).header("Authorization", "Bearer " + tokens.get(account));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Asks any of the sites, without proving who asks. */
  HttpResponse<byte[]> fetch(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  HttpResponse<String> getRaw(AccountId account, String path)
      throws IOException, InterruptedException {
    return send(as(account, path).GET());
  }

  JsonNode get(AccountId account, String path) throws IOException, InterruptedException {
    return json(200, getRaw(account, path));
  }

  HttpResponse<String> postRaw(AccountId account, String path, String json)
      throws IOException, InterruptedException {
    return send(
        as(account, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  JsonNode post(AccountId account, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return json(200, postRaw(account, path, JSON.writeValueAsString(body)));
  }

  /** Says something to anybody; the id of the post. */
  String say(AccountId account, String text) throws IOException, InterruptedException {
    return post(account, "/api/v1/statuses", Map.of("status", text)).path("id").asString();
  }

  /** What the server says to a call that may be refused. */
  HttpResponse<String> call(String method, AccountId account, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(
        as(account, path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  static JsonNode json(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  /** The sentence of a refusal. */
  static String refused(int status, HttpResponse<String> answer) {
    return json(status, answer).path("error").asString();
  }

  @Override
  public String version() {
    return "0.0.1";
  }

  @Override
  public Status status(AccountId account) {
    NetworkStatus.Peer own =
        account.equals(ana)
            ? new NetworkStatus.Peer(peer("A"), "net:1", true, "connected")
            : new NetworkStatus.Peer(peer("B"), "net:2", false, "waiting");
    return new Status(
        0,
        Map.of(Site.APP, door.port(Site.APP)),
        Map.of("ssb", 8008),
        Map.of("ssb", new NetworkStatus("It listens.", "net:127.0.0.1:8008", List.of(own))),
        store.diskBytes(),
        List.of(
            new Progress(
                "Something goes on",
                "parts",
                4,
                OptionalLong.of(10),
                Optional.of(Duration.ofMinutes(2)))),
        List.of("Something is wrong."),
        engine.whereabouts().question(),
        Map.of("http.port", "0"));
  }

  private static Ref peer(String letter) {
    return new Ref(SSB, "@" + letter.repeat(43) + "=.ed25519");
  }

  @Override
  public String connect(AccountId account, String address) {
    if (!address.startsWith("net:")) {
      throw new Refusal("this is no address");
    }
    return "account " + account.value() + " dials " + address;
  }

  @Override
  public AccountId addPerson(String name, Optional<String> secret) {
    AccountId account =
        engine
            .actions()
            .createAccount(name, secret.map(text -> Map.of(SSB, text)).orElse(Map.of()));
    tokens.put(account, engine.tokens().create(account, Tokens.Kind.ACCESS, "test"));
    return account;
  }

  @Override
  public void moved() {
    engine.whereabouts().isTheOne();
  }

  @Override
  public void copied() {
    engine.whereabouts().isCopy();
  }

  @Override
  public void renewTokens() {
    tokens.replaceAll(
        (account, _) -> engine.tokens().create(account, Tokens.Kind.ACCESS, "renewed"));
  }

  @Override
  public Map<AccountId, String> people() {
    Map<AccountId, String> people = new LinkedHashMap<>();
    for (Vault.Account account : store.read(vault::accounts)) {
      people.put(account.id(), account.name());
    }
    return people;
  }

  @Override
  public void stop() {
    stopped.set(true);
  }

  @Override
  public void rebuild() throws InterruptedException {
    engine.rebuild((_, _) -> {});
  }

  @Override
  public void dumpViews(Consumer<String> each) {
    engine.dumpViews(each);
  }

  List<String> dumpViews() {
    return engine.dumpViews();
  }

  @Override
  public void close() throws IOException {
    http.close();
    api.close();
    door.close(Duration.ofSeconds(2));
    engine.close();
    store.close();
    tasks.close();
  }

  /** As if the disk had spoiled every record. */
  void loseAllRecords() {
    store.write(Lane.OWN, tx -> tx.run("UPDATE fact SET compression = 0, bytes = x'00'"));
  }
}
