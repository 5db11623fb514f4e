package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.AccountId;
import org.skep.kernel.AddressBook;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Connection;
import org.skep.kernel.Delivery;
import org.skep.kernel.Dialer;
import org.skep.kernel.Diary;
import org.skep.kernel.Feeds;
import org.skep.kernel.Inbox;
import org.skep.kernel.Media;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.PeerException;
import org.skep.kernel.PeerMemory;
import org.skep.kernel.Policy;
import org.skep.kernel.Progress;
import org.skep.kernel.Randomness;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;
import org.skep.kernel.Vault;
import org.skep.networks.scuttlebutt.replication.AskedPeers;
import org.skep.networks.scuttlebutt.replication.Fetching;

/**
 * Scuttlebutt's connections: listens on loopback for all accounts of the node behind one port, and
 * keeps dialling the addresses that the owner gave. Any thread.
 *
 * <p>Dials nobody of its own accord. How one listener serves several accounts is decision 002.
 */
public final class ScuttlebuttProtocol implements Dialer, AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECTIONS_MAX = 128;

  private static final int HANDSHAKES_MAX = 32;
  private static final int HANDSHAKES_PER_HOST_MAX = 16;

  /**
   * What the protocol stands on.
   *
   * @param addresses the addresses to dial again after a restart
   * @param memory what is known of peers from the last time
   * @param diary how it goes with each feed, for whoever asks why it does not come
   */
  public record Ground(
      Store store,
      Feeds feeds,
      Blobs blobs,
      Media media,
      Vault vault,
      Inbox inbox,
      Policy policy,
      Delivery delivery,
      AddressBook addresses,
      PeerMemory memory,
      Diary diary,
      Transport transport,
      Clock clock,
      Randomness randomness,
      Tasks tasks) {}

  private final Ground ground;
  private final Greeter greeter;
  private final Fetching fetching;
  private final Sessions sessions;
  private final HandshakePlaces handshakes =
      new HandshakePlaces(HANDSHAKES_MAX, HANDSHAKES_PER_HOST_MAX);
  private final Tasks.Scope scope;
  private final Map<AddressBook.Entry, Redialling> dialled = new ConcurrentHashMap<>();
  private volatile Transport.@Nullable Listening listening;

  /**
   * @param networkKey {@code caps.shs}, 32 bytes: who has another one is not spoken to
   */
  public ScuttlebuttProtocol(Ground ground, Bytes networkKey) {
    this.ground = ground;
    AskedPeers turns = new AskedPeers();
    this.greeter = new Greeter(ground, networkKey, turns);
    this.fetching = new Fetching(turns, ground.clock());
    this.sessions = new Sessions(ground.clock());
    this.scope = ground.tasks().scope("scuttlebutt");
  }

  /**
   * Listens, and dials the addresses that are remembered.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public void start(int port) throws IOException {
    Transport.Address bind = new Transport.Address(LOOPBACK, port);
    listening = ground.transport().listen(bind, CONNECTIONS_MAX, this::answer);
    for (AddressBook.Entry entry : ground.addresses().all(network())) {
      keepDialling(entry.account(), MultiserverAddress.parse(entry.address()));
    }
  }

  /** Where it listens; 0 before {@link #start}. */
  public int port() {
    return listening().map(listens -> listens.address().port()).orElse(0);
  }

  /** The address by which one account can be dialled; empty before {@link #start}. */
  public Optional<String> address(AccountId account) {
    return listening()
        .flatMap(listens ->
            VaultIdentity.of(ground.store(), ground.vault(), account)
                .map(ours -> new MultiserverAddress(listens.address(), ours.feed()).toString()));
  }

  private Optional<Transport.Listening> listening() {
    return Optional.ofNullable(listening);
  }

  private void answer(Connection connection) throws PeerException, InterruptedException {
    PeerSession session = greet(connection);
    if (session.isWanted()) {
      connection.keep();
    }
    sessions.run(session.pair(), session);
  }

  private PeerSession greet(Connection connection) throws PeerException {
    try (HandshakePlaces.Place _ = handshakes.take(connection)) {
      return greeter.answer(connection);
    }
  }

  @Override
  public NetworkId network() {
    return ScuttlebuttNetwork.ID;
  }

  @Override
  public String connect(AccountId account, String typed) {
    MultiserverAddress address = MultiserverAddress.parse(typed);
    boolean self =
        VaultIdentity.all(ground.store(), ground.vault()).stream()
            .anyMatch(ours -> ours.feed().equals(address.peer()));
    if (self) {
      throw new IllegalArgumentException("This is an address of this very computer.");
    }
    ground.addresses().remember(network(), new AddressBook.Entry(account, address.toString()));
    keepDialling(account, address).nudge();
    return "Connecting to " + address.place() + ". Skep keeps trying, also after a restart.";
  }

  private Redialling keepDialling(AccountId account, MultiserverAddress address) {
    return dialled.computeIfAbsent(
        new AddressBook.Entry(account, address.toString()),
        _ -> {
          Redialling redialling = new Redialling(ground, greeter, sessions, account, address);
          scope.fork("dial " + address.place(), redialling::run);
          return redialling;
        });
  }

  @Override
  public NetworkStatus status(AccountId account) {
    List<NetworkStatus.Peer> peers = new ArrayList<>();
    List<Sessions.Pair> connected =
        new ArrayList<>(
            sessions.pairs().stream().filter(pair -> pair.account().equals(account)).toList());
    for (Redialling redialling : dialled.values()) {
      Sessions.Pair pair = redialling.pair();
      if (pair.account().equals(account)) {
        boolean met = connected.remove(pair);
        String words = met ? "connected" : redialling.words();
        peers.add(peer(pair, redialling.address().toString(), met, words));
      }
    }
    connected.forEach(pair -> peers.add(peer(pair, "", true, "connected; they dialled us")));
    long met = peers.stream().filter(NetworkStatus.Peer::connected).count();
    return new NetworkStatus(words(met), address(account).orElse(""), peers);
  }

  @Override
  public boolean rests() {
    return fetching.rests();
  }

  @Override
  public void whenSomebodyComesOrGoes(Runnable told) {
    fetching.whenSomebodyComesOrGoes(told);
  }

  @Override
  public Optional<Progress> fetching(AccountId account) {
    return VaultIdentity.of(ground.store(), ground.vault(), account)
        .flatMap(ours -> fetching.of(ours.feed()));
  }

  private static NetworkStatus.Peer peer(
      Sessions.Pair pair, String address, boolean connected, String words) {
    return new NetworkStatus.Peer(ScuttlebuttNetwork.refOf(pair.peer()), address, connected, words);
  }

  private String words(long met) {
    String others =
        switch ((int) met) {
          case 0 -> "connected to nobody";
          case 1 -> "connected to one other computer";
          default -> "connected to " + met + " other computers";
        };
    return "Listening on this computer only; " + others + ".";
  }

  /** Says goodbye to everybody and stops listening and dialling. */
  @Override
  public void close() {
    sessions.close();
    listening().ifPresent(Transport.Listening::close);
    scope.close();
  }
}
