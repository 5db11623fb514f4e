package org.skep.api;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skep.engine.Actions;
import org.skep.engine.LogReader;
import org.skep.engine.PersonView;
import org.skep.engine.Reader;
import org.skep.engine.Refusal;
import org.skep.engine.Unsettled;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Vault;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpResponse;

/** The calls about this computer, for which Mastodon has no shape: {@code /api/skep/v1}. */
final class NodeCalls {
  private static final NetworkId SCUTTLEBUTT = new NetworkId("ssb");
  private static final String FIRST_POST = "first_public_post";
  private static final String FIRST_FOLLOW = "first_follow";
  private static final String SEEN = "seen";

  private final NodeControl node;
  private final Bringing bringing;
  private final Store store;
  private final Vault vault;
  private final Reader reader;
  private final LogReader logs;
  private final Actions actions;

  NodeCalls(Api.Ground ground, Bringing bringing) {
    this.node = ground.node();
    this.bringing = bringing;
    this.store = ground.store();
    this.vault = ground.vault();
    this.reader = ground.engine().reader();
    this.logs = ground.engine().logs();
    this.actions = ground.engine().actions();
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/skep/v1/status", this::status);
    endpoints.get("/api/skep/v1/notices", call -> Json.ok(notices(call.account())));
    endpoints.put("/api/skep/v1/notices", this::seen);
    endpoints.post("/api/skep/v1/connect", this::connect);
    endpoints.post("/api/skep/v1/people", this::createPerson);
    endpoints.post("/api/skep/v1/resume", this::resume);
    endpoints.post("/api/skep/v1/copied", this::copied);
    endpoints.post("/api/skep/v1/rebuild", this::rebuild);
    endpoints.get("/api/skep/v1/views", this::views);
    endpoints.post("/api/skep/v1/stop", this::stop);
  }

  private HttpAnswer status(Call call) {
    NodeControl.Status status = node.status(call.account());
    String name = node.people().getOrDefault(call.account(), "");
    List<Shapes.NetworkReport> networks = new ArrayList<>();
    Map<NetworkId, String> resting = logs.resting(call.account());
    Map<NetworkId, String> elsewhere = logs.elsewhere(call.account());
    new TreeMap<>(status.networks())
        .forEach((network, goes) -> {
          NetworkId id = new NetworkId(network);
          networks.add(report(network, goes, resting.get(id), elsewhere.get(id)));
        });
    Map<String, Integer> ports = new TreeMap<>(status.networkPorts());
    status.ports().forEach((site, port) -> ports.put(site.name().toLowerCase(Locale.ROOT), port));
    return Json.ok(
        new Shapes.NodeReport(
            node.version(),
            ShapeMaker.time(status.startedMillis()),
            name,
            List.of(own(name, reader.self(call.account()))),
            ports,
            networks,
            new Shapes.Disk(status.diskBytes()),
            Stream.concat(status.progress().stream(), bringing.of(call.account()).stream())
                .map(Shapes.ProgressReport::of)
                .toList(),
            status.troubles(),
            status.copied().orElse(null),
            new TreeMap<>(status.settings())));
  }

  private static Shapes.OwnAccount own(String name, PersonView self) {
    Map<String, String> identities = new TreeMap<>();
    self.identities().forEach(ref -> identities.put(ref.network().name(), ref.id()));
    return new Shapes.OwnAccount(
        self.id().toString(),
        name,
        identities,
        Optional.ofNullable(identities.get(SCUTTLEBUTT.name())));
  }

  private Shapes.NetworkReport report(
      String network, NetworkStatus status, @Nullable String resting, @Nullable String elsewhere) {
    boolean listening = !status.address().isEmpty();
    return new Shapes.NetworkReport(
        network,
        status.words(),
        listening,
        listening ? status.address() : null,
        resting,
        elsewhere,
        status.peers().stream().map(this::peer).toList());
  }

  private Shapes.Peer peer(NetworkStatus.Peer peer) {
    return new Shapes.Peer(
        peer.peer().id(), peer.address(), name(peer.peer()), peer.words(), peer.connected());
  }

  private String name(Ref peer) {
    return reader.personNamed(peer).name();
  }

  private Shapes.Notices notices(AccountId account) {
    return store.read(tx ->
        new Shapes.Notices(
            vault.setting(tx, account, notice(FIRST_POST)).isPresent(),
            vault.setting(tx, account, notice(FIRST_FOLLOW)).isPresent()));
  }

  private static String notice(String name) {
    return "notice." + name;
  }

  private HttpAnswer seen(Call call) {
    for (String name : List.of(FIRST_POST, FIRST_FOLLOW)) {
      if (call.parameters().flag(name)) {
        store.write(
            Lane.OWN,
            tx -> {
              vault.set(tx, call.account(), notice(name), SEEN);
              return name;
            });
      }
    }
    return Json.ok(notices(call.account()));
  }

  private HttpAnswer connect(Call call) {
    String words = node.connect(call.account(), call.parameters().required("address"));
    return HttpResponse.json(202, Json.write(Map.of("words", Endpoints.sentence(words))));
  }

  private HttpAnswer createPerson(Call call) {
    AccountId account =
        node.addPerson(call.parameters().required("name"), call.parameters().text("secret"));
    PersonView self = reader.self(account);
    return Json.ok(
        Map.of(
            "id",
            self.id().toString(),
            "name",
            self.name(),
            "resting",
            List.copyOf(logs.resting(account).values())));
  }

  private HttpAnswer resume(Call call) {
    NetworkId network = new NetworkId(call.parameters().required("network"));
    try {
      actions.resume(call.account(), network, call.parameters().flag("insist"));
    } catch (Unsettled unsettled) {
      throw new HttpProblem(409, String.valueOf(unsettled.getMessage()));
    }
    return Json.ok(Map.of());
  }

  private HttpAnswer copied(Call call) {
    switch (call.parameters().required("answer")) {
      case "moved" -> node.moved();
      case "copied" -> node.copied();
      default -> throw new Refusal("the answer is moved or copied");
    }
    return Json.ok(Map.of("resting", List.copyOf(logs.resting(call.account()).values())));
  }

  private HttpAnswer rebuild(Call call) {
    call.checkProgram();
    try {
      node.rebuild();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Skep is stopping; everything is as it was before.");
    }
    return Json.ok(Map.of());
  }

  /** Enough to see whether two dumps are equal, and nothing of what other people here keep. */
  private HttpAnswer views(Call call) {
    call.checkProgram();
    long[] rows = {0};
    MessageDigest digest = Json.sha256();
    // There may be more of them than there is room for.
    node.dumpViews(row -> {
      digest.update(Bytes.ofUtf8(rows[0] == 0 ? row : "\n" + row).toArray());
      rows[0]++;
    });
    String text = "rows " + rows[0] + "\nsha256 " + Bytes.wrap(digest.digest()).hex() + "\n";
    return HttpResponse.of(200, "text/plain; charset=utf-8", Bytes.ofUtf8(text));
  }

  private HttpAnswer stop(Call call) {
    node.stop();
    return HttpResponse.json(202, Json.write(Map.of("words", "Skep is stopping.")));
  }
}
