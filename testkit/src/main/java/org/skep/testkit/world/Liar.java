package org.skep.testkit.world;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Connection;
import org.skep.kernel.Diary;
import org.skep.kernel.PeerException;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;
import org.skep.networks.scuttlebutt.BoxLine;
import org.skep.networks.scuttlebutt.MultiserverAddress;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.handshake.Handshake;
import org.skep.networks.scuttlebutt.handshake.HandshakeException;
import org.skep.networks.scuttlebutt.handshake.Identity;
import org.skep.networks.scuttlebutt.handshake.ServerResult;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.networks.scuttlebutt.replication.AskedPeers;
import org.skep.networks.scuttlebutt.replication.PeerClock;
import org.skep.networks.scuttlebutt.replication.Replica;
import org.skep.networks.scuttlebutt.replication.Replication;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;
import org.skep.wire.json.JsObject;

/**
 * Somebody whom everybody follows and dials, and who lies: her own log has two ends, she claims to
 * have more of everybody's than there is, gives it late or never, and changed.
 */
final class Liar {
  private static final int ENTRIES = 12;
  private static final long CLAIMED_MORE_MAX = 500;

  private final World world;
  private final SplittableRandom random;
  private final Bytes secret;
  private final FeedId feed;
  private final Tasks tasks;
  private final WorldClock clock;

  /** Her log as she tells it to some, and to others. */
  private final List<List<Replica.Entry>> tales = new ArrayList<>();

  private Liar(World world) {
    this.world = world;
    this.random = world.random().split();
    byte[] seed = new byte[Ed25519.SEED_BYTES];
    random.nextBytes(seed);
    this.secret = Bytes.wrap(seed);
    this.feed = new FeedId(Ed25519.publicKey(secret));
    this.tasks = new ThreadTasks(world.scheduler().threads(), new OnTheSpot());
    this.clock = new WorldClock(world.scheduler());
    int parting = 1 + random.nextInt(ENTRIES);
    for (String tale : List.of("one", "another")) {
      tales.add(tell(tale, parting));
    }
  }

  /** She listens, and everybody follows and dials her. */
  static void moveIn(World world) throws IOException {
    Liar liar = new Liar(world);
    int machine = world.strangerNumber();
    world.liars().add(ScuttlebuttNetwork.refOf(liar.feed));
    world.wires().up(machine, true);
    Transport.Address address = new Transport.Address("127.0.0.1", Wires.portOf(machine));
    new WiredTransport(world.wires(), machine, liar.tasks).listen(address, 100, liar::serve);
    for (Person person : world.people()) {
      person.follow(
          ScuttlebuttNetwork.refOf(liar.feed),
          new MultiserverAddress(address, liar.feed).toString());
    }
  }

  private List<Replica.Entry> tell(String tale, int parting) {
    ClassicAuthor pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
    List<Replica.Entry> entries = new ArrayList<>();
    FeedState state = FeedState.EMPTY;
    for (int i = 1; i <= ENTRIES; i++) {
      JsObject content =
          JsObject.EMPTY.with("type", "post").with("text", i < parting ? "I" : "I, " + tale);
      if (pen.write(state, (double) WorldClock.BEGINNING_MILLIS + i, content)
          instanceof ClassicCodec.Parsed(ClassicMessage message)) {
        state = new FeedState.Head(message.id(), message.sequence());
        entries.add(entry(message));
      }
    }
    return entries;
  }

  private static Replica.Entry entry(ClassicMessage message) {
    return new Replica.Entry(message.sequence(), message.id().toString(), 0, message.text());
  }

  private void serve(Connection connection) throws PeerException, InterruptedException {
    try {
      ServerResult result =
          Handshake.server(
              connection.input(),
              connection.output(),
              Machine.NETWORK_KEY,
              List.of(new Self()),
              (_, _) -> true,
              new SeededRandomness(random.split()).bytes(Handshake.EPHEMERAL_SEED_BYTES));
      Replica replica = new LyingReplica(new FeedId(result.client()));
      RpcMethods.Builder methods =
          new Replication(replica, new AskedPeers(), clock, tasks).serve(RpcMethods.serving());
      new RpcConnection(
              new BoxLine(connection, result.keys()), methods.build(), RpcLimits.DEFAULT, clock)
          .run(tasks);
    } catch (IOException | HandshakeException e) {
      world.say("liar", "lost a line: " + e.getMessage());
    }
  }

  private final class Self implements Identity {
    @Override
    public PublicKey publicKey() {
      return feed.key();
    }

    @Override
    public Bytes sign(Bytes message) {
      return Ed25519.sign(secret, message);
    }

    @Override
    public Optional<Bytes> agree(Bytes theirX25519) {
      return X25519.agree(Ed25519.x25519Secret(secret), theirX25519);
    }
  }

  /** What she tells one who dialled her. */
  private final class LyingReplica implements Replica {
    private final FeedId peer;
    private final List<Entry> tale = tales.get(random.nextInt(tales.size()));
    private final Map<FeedId, List<Entry>> heard = new LinkedHashMap<>();
    private final Map<FeedId, Long> claims = new LinkedHashMap<>();
    private final boolean gives = random.nextBoolean();
    private final boolean changes = random.nextBoolean();

    LyingReplica(FeedId peer) {
      this.peer = peer;
    }

    @Override
    public Set<FeedId> wanted() {
      Set<FeedId> all = new LinkedHashSet<>(List.of(feed));
      world.people().forEach(person -> FeedId.parse(person.feed().id()).ifPresent(all::add));
      return all;
    }

    @Override
    public Map<FeedId, Long> wantedHeads() {
      Map<FeedId, Long> heads = new LinkedHashMap<>();
      wanted().forEach(each -> heads.put(each, head(each)));
      return heads;
    }

    @Override
    public boolean isWanted(FeedId other) {
      return wanted().contains(other);
    }

    @Override
    public FeedId own() {
      return feed;
    }

    @Override
    public FeedId peer() {
      return peer;
    }

    @Override
    public boolean peerMayReceive() {
      return true;
    }

    @Override
    public long head(FeedId other) {
      if (other.equals(feed)) {
        return ENTRIES;
      }
      long has = heard.getOrDefault(other, List.of()).size();
      return has + claims.computeIfAbsent(other, _ -> random.nextLong(CLAIMED_MORE_MAX));
    }

    @Override
    public List<Entry> after(FeedId other, long sequence, int max) {
      if (other.equals(feed)) {
        return tale.stream().filter(entry -> entry.sequence() > sequence).limit(max).toList();
      }
      if (!gives) {
        return List.of();
      }
      return heard.getOrDefault(other, List.of()).stream()
          .filter(entry -> entry.sequence() > sequence)
          .limit(max)
          .map(this::told)
          .toList();
    }

    private Entry told(Entry entry) {
      String text = entry.text().utf8();
      return changes
          ? new Entry(
              entry.sequence(), entry.id(), 0, Bytes.ofUtf8(text.replace("\"post\"", "\"past\"")))
          : entry;
    }

    @Override
    public Set<FeedId> offer(List<ClassicMessage> messages, ToLongFunction<FeedId> announced)
        throws InterruptedException {
      clock.sleep(Duration.ofMillis(random.nextInt(3_000)));
      for (ClassicMessage message : messages) {
        heard.computeIfAbsent(message.author(), _ -> new ArrayList<>()).add(entry(message));
      }
      return Set.of();
    }

    @Override
    public void peerHas(FeedId other, long sequence) {}

    @Override
    public void happened(FeedId other, Diary.Happening what) {}

    @Override
    public PeerClock recall() {
      return PeerClock.UNKNOWN;
    }

    @Override
    public void remember(PeerClock known) {}

    @Override
    public Subscription subscribe(Listener listener) {
      return () -> {};
    }
  }
}
