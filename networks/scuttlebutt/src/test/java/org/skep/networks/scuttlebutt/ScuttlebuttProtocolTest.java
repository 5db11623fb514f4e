package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.TcpTransport;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Connection;
import org.skep.kernel.ConnectionHandler;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Transport;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.wire.crypto.Digests;

/** Whole nodes on loopback sockets, with a kernel in memory. */
@Timeout(180)
class ScuttlebuttProtocolTest {
  private static final Bytes NETWORK_KEY = Digests.sha256(Bytes.ofUtf8("a network for tests"));
  private static final AccountId FIRST = new AccountId(1);
  private static final AccountId SECOND = new AccountId(2);

  private final ThreadTasks tasks = new ThreadTasks();
  private final List<AutoCloseable> started = new ArrayList<>();

  /** Counts what goes out. */
  private final class CountingTransport implements Transport {
    private final Transport real = new TcpTransport(tasks);
    private final List<Address> dialled = new CopyOnWriteArrayList<>();
    private final AtomicInteger kept = new AtomicInteger();

    @Override
    public Connection dial(Address address, Duration deadline) throws IOException {
      dialled.add(address);
      return real.dial(address, deadline);
    }

    @Override
    public Listening listen(Address bind, int connectionsMax, ConnectionHandler handler)
        throws IOException {
      return real.listen(
          bind, connectionsMax, connection -> handler.accept(new Watched(connection, kept)));
    }
  }

  /** Counts how often somebody who came shall keep the place. */
  private record Watched(Connection real, AtomicInteger kept) implements Connection {
    @Override
    public void readTimeout(Duration atMost) {
      real.readTimeout(atMost);
    }

    @Override
    public InputStream input() {
      return real.input();
    }

    @Override
    public OutputStream output() {
      return real.output();
    }

    @Override
    public String remote() {
      return real.remote();
    }

    @Override
    public String remoteHost() {
      return real.remoteHost();
    }

    @Override
    public void keep() {
      kept.incrementAndGet();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  /** One computer: a kernel that stays, and a protocol that can be started anew. */
  private final class Computer {
    private final FakeKernel kernel = new FakeKernel();
    private final CountingTransport transport = new CountingTransport();
    private final Clock clock;
    private final FeedId first;
    private @Nullable ScuttlebuttProtocol running;

    Computer(int identity) {
      this(identity, new SystemClock());
    }

    Computer(int identity, Clock clock) {
      this.clock = clock;
      this.first = kernel.add(FIRST, SeedIdentity.numbered(identity));
    }

    Computer start(Bytes networkKey) throws IOException {
      return start(networkKey, 0);
    }

    Computer start(Bytes networkKey, int port) throws IOException {
      ScuttlebuttProtocol protocol =
          new ScuttlebuttProtocol(
              new ScuttlebuttProtocol.Ground(
                  kernel.store,
                  kernel.feeds,
                  kernel.blobs,
                  kernel.media,
                  kernel.vault,
                  kernel.inbox,
                  kernel.policy,
                  kernel.delivery,
                  kernel.addresses,
                  kernel.memory,
                  kernel.diary,
                  transport,
                  clock,
                  new SystemRandomness(),
                  tasks),
              networkKey);
      started.add(protocol);
      protocol.start(port);
      running = protocol;
      return this;
    }

    ScuttlebuttProtocol protocol() {
      if (running == null) {
        throw new IllegalStateException("not started");
      }
      return running;
    }

    String address(AccountId account) {
      return protocol().address(account).orElseThrow();
    }

    NetworkStatus status() {
      return protocol().status(FIRST);
    }

    boolean connected() {
      return status().peers().stream().anyMatch(NetworkStatus.Peer::connected);
    }

    boolean says(String words) {
      return status().peers().stream().anyMatch(peer -> peer.words().contains(words));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
    tasks.close();
  }

  private static void eventuallyConnected(Computer... computers) {
    for (Computer computer : computers) {
      Eventually.holds("connected", computer::connected);
    }
  }

  private static void eventuallySame(Computer one, Computer other, FeedId feed, int count) {
    Eventually.holds(
        "both have " + count,
        () ->
            one.kernel.entries(feed).size() == count && other.kernel.entries(feed).size() == count);
    assertEquals(one.kernel.entries(feed), other.kernel.entries(feed));
  }

  @Test
  void twoComputersReadEachOthersPostsAndSayHowItGoes() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ana.kernel.follow(FIRST, ben.first);
    ben.kernel.follow(FIRST, ana.first);
    ana.kernel.post(FIRST, "from ana");
    ben.kernel.post(FIRST, "from ben");
    assertEquals("Listening on this computer only; connected to nobody.", ana.status().words());

    String words = ben.protocol().connect(FIRST, ana.address(FIRST));
    assertTrue(words.startsWith("Connecting to 127.0.0.1:"), words);
    eventuallySame(ana, ben, ana.first, 1);
    eventuallySame(ana, ben, ben.first, 1);
    ana.kernel.post(FIRST, "live");
    eventuallySame(ana, ben, ana.first, 2);

    eventuallyConnected(ana, ben);
    assertEquals(
        "Listening on this computer only; connected to one other computer.", ben.status().words());
    NetworkStatus.Peer dialled = ben.status().peers().getFirst();
    assertEquals(ScuttlebuttNetwork.refOf(ana.first), dialled.peer());
    assertEquals(ana.address(FIRST), dialled.address());
    NetworkStatus.Peer came = ana.status().peers().getFirst();
    assertEquals("", came.address());
    assertEquals("connected; they dialled us", came.words());
  }

  @Test
  void nothingIsDialledUnlessSomebodyAsksForIt() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ana.kernel.follow(FIRST, ben.first);
    ben.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ana, ben);
    assertEquals(List.of(), ana.transport.dialled);
  }

  @Test
  void anAddressIsDialledAgainAfterARestart() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ben.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ben);
    ben.protocol().close();
    Eventually.holds("gone", () -> !ana.connected());
    ben.start(NETWORK_KEY);
    eventuallyConnected(ana, ben);
  }

  @Test
  void aLineThatEndsIsDialledAgain() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ben.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ben);
    int port = ana.protocol().port();
    ana.protocol().close();
    Eventually.holds("told", () -> ben.says("trying again"));
    ana.start(NETWORK_KEY, port);
    eventuallyConnected(ana, ben);
  }

  @Test
  void severalAccountsShareOneListenerAndAreKeptApart() throws Exception {
    Computer village = new Computer(1);
    FeedId second = village.kernel.add(SECOND, SeedIdentity.numbered(5));
    village.start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ben.kernel.follow(FIRST, second);
    ben.kernel.follow(FIRST, village.first);
    village.kernel.post(FIRST, "from the first");
    village.kernel.post(SECOND, "from the second");

    ben.protocol().connect(FIRST, village.address(SECOND));
    eventuallySame(village, ben, second, 1);
    assertEquals(List.of(), ben.kernel.entries(village.first), "the second does not follow her");
    assertEquals(List.of(), village.status().peers(), "the first has no part in it");
    assertEquals(1, village.protocol().status(SECOND).peers().size());
  }

  @Test
  void somebodyBlockedIsNotAdmittedAndHearsNoProofOfUs() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer eve = new Computer(3).start(NETWORK_KEY);
    ana.kernel.block(FIRST, eve.first);
    eve.protocol().connect(FIRST, ana.address(FIRST));
    Eventually.holds("refused", () -> eve.says("somebody answers, but the other side hung up"));
    assertFalse(eve.connected());
  }

  @Test
  void somebodyBlockedWhileConnectedIsShownOut() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer eve = new Computer(3).start(NETWORK_KEY);
    eve.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ana, eve);
    ana.kernel.block(FIRST, eve.first);
    Eventually.holds("shown out", () -> !ana.connected());
  }

  @Test
  void somebodyWeBlockIsNotDialled() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer eve = new Computer(3).start(NETWORK_KEY);
    ana.kernel.block(FIRST, eve.first);
    ana.protocol().connect(FIRST, eve.address(FIRST));
    Eventually.holds("said", () -> ana.says("blocked"));
    assertEquals(List.of(), ana.transport.dialled);
  }

  @Test
  void anotherNetworkIsNotSpokenTo() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(Digests.sha256(NETWORK_KEY));
    ben.protocol().connect(FIRST, ana.address(FIRST));
    Eventually.holds("refused", () -> ben.says("somebody answers, but"));
    assertFalse(ben.connected());
  }

  private Connection stranger(Computer to) throws IOException {
    Transport.Address there = new Transport.Address("127.0.0.1", to.protocol().port());
    Connection connection = new TcpTransport(tasks).dial(there, Duration.ofSeconds(10));
    started.add(connection);
    return connection;
  }

  /** Waits for it: an end by reset is an end. */
  private static boolean isHungUp(Connection connection) {
    try {
      return connection.input().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void connectionsThatNeverSayAWordKeepNobodyOut() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    List<Connection> silent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      silent.add(stranger(ana));
    }
    Computer ben = new Computer(2).start(NETWORK_KEY);
    ben.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ana, ben);
    assertTrue(isHungUp(silent.getFirst()), "the one that waited longest made room");
  }

  @Test
  void whoIsWantedKeepsItsPlaceAndAStrangerDoesNot() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    Computer stranger = new Computer(3).start(NETWORK_KEY);
    ana.kernel.follow(FIRST, ben.first);
    stranger.protocol().connect(FIRST, ana.address(FIRST));
    eventuallyConnected(ana, stranger);
    assertEquals(0, ana.transport.kept.get());

    ben.protocol().connect(FIRST, ana.address(FIRST));

    Eventually.holds("both are connected", () -> ana.status().peers().size() == 2);
    assertEquals(1, ana.transport.kept.get());
  }

  @Test
  void whoDialsAndDoesNotEndItsHandshakeIsHungUpOn() throws Exception {
    VirtualClock clock = new VirtualClock(0);
    Computer ana = new Computer(1, clock).start(NETWORK_KEY);
    Connection slow = stranger(ana);
    slow.output().write(1);
    Eventually.holds("waits", () -> clock.sleepers().contains(Greeter.HANDSHAKE_MAX));
    clock.pass(Greeter.HANDSHAKE_MAX);
    assertTrue(isHungUp(slow));
  }

  @Test
  void whoAnswersAndNeverSaysAWordIsHungUpOn() throws Exception {
    VirtualClock clock = new VirtualClock(0);
    Computer ben = new Computer(2, clock).start(NETWORK_KEY);
    Transport.Listening mute =
        new TcpTransport(tasks)
            .listen(
                new Transport.Address("127.0.0.1", 0),
                4,
                connection -> {
                  while (!isHungUp(connection)) {
                    Thread.onSpinWait();
                  }
                });
    started.add(mute);
    FeedId nobody = new FeedId(SeedIdentity.numbered(9).publicKey());
    ben.protocol().connect(FIRST, new MultiserverAddress(mute.address(), nobody).toString());
    Eventually.holds("waits", () -> clock.sleepers().contains(Greeter.HANDSHAKE_MAX));
    clock.pass(Greeter.HANDSHAKE_MAX);
    Eventually.holds("given up", () -> ben.says("the line broke during the handshake"));
  }

  @Test
  void whereNobodyAnswersItIsSaidAndTriedAgain() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2).start(NETWORK_KEY);
    String address = ana.address(FIRST);
    ana.protocol().close();
    ben.protocol().connect(FIRST, address);
    Eventually.holds("said", () -> ben.says("nobody answers there now; trying again"));
    Eventually.holds("tried again", () -> ben.transport.dialled.size() >= 2);
  }

  @Test
  void aDateThatIsWrongByYearsMakesNobodyDialSoonerOrLater() throws Exception {
    long today = new SystemClock().wallMillis();
    VirtualClock clock = new VirtualClock(today);
    Computer ana = new Computer(1).start(NETWORK_KEY);
    Computer ben = new Computer(2, clock).start(NETWORK_KEY);
    String address = ana.address(FIRST);
    ana.protocol().close();
    ben.protocol().connect(FIRST, address);
    long years = TimeUnit.DAYS.toMillis(3_650);
    for (long date : List.of(today + years, today - years, today)) {
      Eventually.holds(
          "waits", () -> clock.sleepers().stream().anyMatch(ScuttlebuttProtocolTest::isPause));
      int dialled = ben.transport.dialled.size();
      clock.set(date);
      clock.pass(Duration.ofMinutes(5));
      Eventually.holds("dialled", () -> ben.transport.dialled.size() > dialled);
    }
    Eventually.holds(
        "waits", () -> clock.sleepers().stream().anyMatch(ScuttlebuttProtocolTest::isPause));
    assertTrue(ben.transport.dialled.size() < 10, () -> "dials: " + ben.transport.dialled.size());
  }

  private static boolean isPause(Duration wait) {
    return wait.compareTo(Duration.ofSeconds(1)) >= 0 && wait.compareTo(Duration.ofMinutes(5)) <= 0;
  }

  @Test
  void whatIsNoAddressOrOurOwnIsRefusedInWords() throws Exception {
    Computer ana = new Computer(1).start(NETWORK_KEY);
    assertThrows(IllegalArgumentException.class, () -> ana.protocol().connect(FIRST, "hello"));
    IllegalArgumentException own =
        assertThrows(
            IllegalArgumentException.class,
            () -> ana.protocol().connect(FIRST, ana.address(FIRST)));
    assertEquals("This is an address of this very computer.", own.getMessage());
    assertEquals(List.of(), ana.kernel.addresses.all(ScuttlebuttNetwork.ID));
  }
}
