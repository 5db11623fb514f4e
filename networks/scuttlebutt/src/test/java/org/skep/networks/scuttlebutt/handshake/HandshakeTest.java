package org.skep.networks.scuttlebutt.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.Recorded;
import org.skep.networks.scuttlebutt.handshake.HandshakeException.Reason;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

class HandshakeTest {
  private static final Admission EVERYBODY = (ours, theirs) -> true;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** One of the two conversations recorded from {@code secret-handshake} 1.1.21. */
  private record Conversation(String name) {
    static final Conversation ONE = new Conversation("shs1");
    static final Conversation TWO = new Conversation("shs2");

    Bytes get(String what) {
      return Recorded.bytes(name + "." + what);
    }

    Identity client() {
      return new SeedIdentity(get("clientSeed"));
    }

    Identity server() {
      return new SeedIdentity(get("serverSeed"));
    }

    Bytes fromClient() {
      return Bytes.concat(get("clientHello"), get("clientProof"));
    }

    Bytes fromServer() {
      return Bytes.concat(get("serverHello"), get("serverProof"));
    }

    SessionKeys clientKeys() {
      return new SessionKeys(
          get("clientSendKey"),
          get("clientSendNonce"),
          get("clientReceiveKey"),
          get("clientReceiveNonce"));
    }

    SessionKeys serverKeys() {
      return new SessionKeys(
          get("clientReceiveKey"),
          get("clientReceiveNonce"),
          get("clientSendKey"),
          get("clientSendNonce"));
    }
  }

  private ClientResult client(Conversation with, Bytes heard)
      throws IOException, HandshakeException {
    return client(with, with.server().publicKey(), heard);
  }

  private ClientResult client(Conversation with, PublicKey server, Bytes heard)
      throws IOException, HandshakeException {
    said.reset();
    return Handshake.client(
        new ByteArrayInputStream(heard.toArray()),
        said,
        with.get("networkKey"),
        with.client(),
        server,
        with.get("clientEphemeralSeed"));
  }

  private ServerResult server(Conversation with, Bytes heard)
      throws IOException, HandshakeException {
    return server(with, List.of(with.server()), EVERYBODY, heard);
  }

  private ServerResult server(
      Conversation with, List<Identity> identities, Admission admission, Bytes heard)
      throws IOException, HandshakeException {
    said.reset();
    return Handshake.server(
        new ByteArrayInputStream(heard.toArray()),
        said,
        with.get("networkKey"),
        identities,
        admission,
        with.get("serverEphemeralSeed"));
  }

  private Reason clientRefuses(Conversation with, Bytes heard) {
    return assertThrows(HandshakeException.class, () -> client(with, heard)).reason();
  }

  private Reason serverRefuses(Conversation with, Bytes heard) {
    return assertThrows(HandshakeException.class, () -> server(with, heard)).reason();
  }

  private Bytes said() {
    return Bytes.copyOf(said.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shs1", "shs2"})
  void ourClientSaysWhatTheRealOneSaid(String name) throws Exception {
    Conversation recorded = new Conversation(name);
    ClientResult result = client(recorded, recorded.fromServer());
    assertEquals(recorded.fromClient().hex(), said().hex());
    assertEquals(recorded.clientKeys(), result.keys());
    assertEquals(recorded.server().publicKey(), result.server());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shs1", "shs2"})
  void ourServerSaysWhatTheRealOneSaid(String name) throws Exception {
    Conversation recorded = new Conversation(name);
    ServerResult result = server(recorded, recorded.fromClient());
    assertEquals(recorded.fromServer().hex(), said().hex());
    assertEquals(recorded.serverKeys(), result.keys());
    assertEquals(recorded.client().publicKey(), result.client());
  }

  @Test
  void nothingBeyondTheLastMessageIsRead() throws Exception {
    Bytes boxStream = Bytes.ofUtf8("the first box");
    Bytes heard = Bytes.concat(Conversation.ONE.fromServer(), boxStream);
    ByteArrayInputStream in = new ByteArrayInputStream(heard.toArray());
    Handshake.client(
        in,
        said,
        Conversation.ONE.get("networkKey"),
        Conversation.ONE.client(),
        Conversation.ONE.server().publicKey(),
        Conversation.ONE.get("clientEphemeralSeed"));
    assertEquals(boxStream, Bytes.wrap(in.readAllBytes()));
  }

  @Test
  void aServerOfAnotherNetworkIsRefused() {
    assertEquals(
        Reason.OTHER_NETWORK, clientRefuses(Conversation.ONE, Conversation.TWO.fromServer()));
    assertEquals(Conversation.ONE.get("clientHello"), said(), "only the first message was sent");
  }

  @Test
  void aClientOfAnotherNetworkHearsNothing() {
    assertEquals(
        Reason.OTHER_NETWORK, serverRefuses(Conversation.ONE, Conversation.TWO.fromClient()));
    assertEquals(Bytes.EMPTY, said());
  }

  @Test
  void aClientThatMeansAnotherServerLearnsNothingAboutUs() {
    HandshakeException refused =
        assertThrows(
            HandshakeException.class,
            () ->
                server(
                    Conversation.ONE,
                    List.of(SeedIdentity.numbered(7)),
                    EVERYBODY,
                    Conversation.ONE.fromClient()));
    assertEquals(Reason.NOT_FOR_US, refused.reason());
    assertEquals(Conversation.ONE.get("serverHello"), said(), "which depends on no identity");
  }

  @Test
  void aClientThatDialledAnotherServerRefusesThisOne() {
    HandshakeException refused =
        assertThrows(
            HandshakeException.class,
            () ->
                client(
                    Conversation.ONE,
                    SeedIdentity.numbered(7).publicKey(),
                    Conversation.ONE.fromServer()));
    assertEquals(Reason.NOT_FOR_US, refused.reason());
  }

  @Test
  void aClientsProofIsOfNoUseInAnotherConversation() {
    SeedIdentity server = new SeedIdentity(Conversation.ONE.get("serverSeed"));
    said.reset();
    HandshakeException refused =
        assertThrows(
            HandshakeException.class,
            () ->
                Handshake.server(
                    new ByteArrayInputStream(Conversation.ONE.fromClient().toArray()),
                    said,
                    Conversation.ONE.get("networkKey"),
                    List.of(server),
                    EVERYBODY,
                    Digests.sha256(Bytes.ofUtf8("another ephemeral"))));
    assertEquals(Reason.NOT_FOR_US, refused.reason());
  }

  @Test
  void aServersProofIsOfNoUseInAnotherConversation() {
    assertThrows(
        HandshakeException.class,
        () ->
            Handshake.client(
                new ByteArrayInputStream(Conversation.ONE.fromServer().toArray()),
                said,
                Conversation.ONE.get("networkKey"),
                Conversation.ONE.client(),
                Conversation.ONE.server().publicKey(),
                Digests.sha256(Bytes.ofUtf8("another ephemeral"))));
  }

  @Test
  void aConversationThatBreaksOffAnywhereIsRefused() {
    Bytes fromClient = Conversation.ONE.fromClient();
    for (int length = 0; length < fromClient.length(); length++) {
      assertEquals(Reason.HUNG_UP, serverRefuses(Conversation.ONE, fromClient.slice(0, length)));
    }
    Bytes fromServer = Conversation.ONE.fromServer();
    for (int length = 0; length < fromServer.length(); length++) {
      assertEquals(Reason.HUNG_UP, clientRefuses(Conversation.ONE, fromServer.slice(0, length)));
    }
  }

  @Test
  void aServerHeedsEveryBitOfWhatItHears() {
    Bytes heard = Conversation.ONE.fromClient();
    for (int at = 0; at < heard.length(); at++) {
      Reason reason = serverRefuses(Conversation.ONE, withOneBitChanged(heard, at));
      boolean first = at < Handshake.HELLO_BYTES;
      assertEquals(first ? Reason.OTHER_NETWORK : Reason.NOT_FOR_US, reason, "byte " + at);
      assertEquals(first ? 0 : Handshake.HELLO_BYTES, said.size(), "byte " + at);
    }
  }

  @Test
  void aClientHeedsEveryBitOfWhatItHears() {
    Bytes heard = Conversation.ONE.fromServer();
    for (int at = 0; at < heard.length(); at++) {
      Reason reason = clientRefuses(Conversation.ONE, withOneBitChanged(heard, at));
      boolean first = at < Handshake.HELLO_BYTES;
      assertEquals(first ? Reason.OTHER_NETWORK : Reason.NOT_FOR_US, reason, "byte " + at);
      int all = Handshake.HELLO_BYTES + Handshake.CLIENT_PROOF_BYTES;
      assertEquals(first ? Handshake.HELLO_BYTES : all, said.size(), "byte " + at);
    }
  }

  private static Bytes withOneBitChanged(Bytes message, int at) {
    byte[] changed = message.toArray();
    changed[at] ^= (byte) (1 << (at % 8));
    return Bytes.wrap(changed);
  }

  /** The points of small order and their other encodings; see RFC 7748, section 7. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void anEphemeralKeyThatProtectsNothingIsRefusedAtOnce(String point) {
    Bytes key = Bytes.ofHex(point);
    Bytes hello = Bytes.concat(Digests.auth(Conversation.ONE.get("networkKey"), key), key);
    Bytes fromClient = Bytes.concat(hello, Conversation.ONE.get("clientProof"));
    assertEquals(Reason.WEAK_KEY, serverRefuses(Conversation.ONE, fromClient));
    assertEquals(0, said.size(), "the server said nothing");

    Bytes fromServer = Bytes.concat(hello, Conversation.ONE.get("serverProof"));
    assertEquals(Reason.WEAK_KEY, clientRefuses(Conversation.ONE, fromServer));
    assertEquals(Handshake.HELLO_BYTES, said.size(), "the client did not say who it is");
  }

  /** Encodings that are no point of the prime-order group: small order, or no point at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void aServerKeyThatIsNoKeyIsNotDialled(String key) {
    HandshakeException refused =
        assertThrows(
            HandshakeException.class,
            () ->
                client(
                    Conversation.ONE,
                    new PublicKey(Bytes.ofHex(key)),
                    Conversation.ONE.fromServer()));
    assertEquals(Reason.WEAK_KEY, refused.reason());
    assertEquals(0, said.size());
  }

  /** A key of small order can "sign": S = 0 and R = the point verify for some messages. */
  @Test
  void aClientWithAKeyOfSmallOrderIsRefused() throws Exception {
    Bytes neutral = Bytes.ofHex("01" + "00".repeat(31));
    Identity ghost =
        new Identity() {
          @Override
          public PublicKey publicKey() {
            return new PublicKey(neutral);
          }

          @Override
          public Bytes sign(Bytes message) {
            return Bytes.concat(neutral, Bytes.wrap(new byte[32]));
          }

          @Override
          public Optional<Bytes> agree(Bytes theirX25519) {
            return Optional.of(Bytes.wrap(new byte[32]));
          }
        };
    Conversation one = Conversation.ONE;
    assertThrows(
        HandshakeException.class,
        () ->
            Handshake.client(
                new ByteArrayInputStream(one.get("serverHello").toArray()),
                said,
                one.get("networkKey"),
                ghost,
                one.server().publicKey(),
                one.get("clientEphemeralSeed")));
    Reason reason = serverRefuses(one, said());
    assertTrue(EnumSet.of(Reason.NOT_PROVEN, Reason.WEAK_KEY).contains(reason), reason.name());
    assertEquals(one.get("serverHello"), said());
  }

  @Test
  void aClientThatSignsWithAnotherKeyThanItNamesIsRefused() throws Exception {
    Conversation one = Conversation.ONE;
    SeedIdentity liar = SeedIdentity.numbered(3);
    Identity impostor =
        new Identity() {
          @Override
          public PublicKey publicKey() {
            return one.client().publicKey();
          }

          @Override
          public Bytes sign(Bytes message) {
            return Ed25519.sign(liar.seed(), message);
          }

          @Override
          public Optional<Bytes> agree(Bytes theirX25519) {
            return liar.agree(theirX25519);
          }
        };
    assertThrows(
        HandshakeException.class,
        () ->
            Handshake.client(
                new ByteArrayInputStream(one.get("serverHello").toArray()),
                said,
                one.get("networkKey"),
                impostor,
                one.server().publicKey(),
                one.get("clientEphemeralSeed")));
    assertEquals(Reason.NOT_PROVEN, serverRefuses(one, said()));
  }

  @Test
  void aClientThatIsNotAdmittedNeverHearsOurProof() {
    Conversation one = Conversation.ONE;
    List<PublicKey> asked = new ArrayList<>();
    Admission nobody =
        (ours, theirs) -> {
          asked.add(ours);
          asked.add(theirs);
          return false;
        };
    HandshakeException refused =
        assertThrows(
            HandshakeException.class,
            () -> server(one, List.of(one.server()), nobody, one.fromClient()));
    assertEquals(Reason.NOT_ADMITTED, refused.reason());
    assertEquals(List.of(one.server().publicKey(), one.client().publicKey()), asked);
    assertEquals(one.get("serverHello"), said());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 63})
  void theIdentityThatWasDialledIsFoundAmongSeveral(int position) throws Exception {
    Conversation one = Conversation.ONE;
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < Handshake.IDENTITIES_MAX; i++) {
      identities.add(SeedIdentity.numbered(i));
    }
    identities.set(position, one.server());
    ServerResult result = server(one, identities, EVERYBODY, one.fromClient());
    assertEquals(one.server().publicKey(), result.identity().publicKey());
    assertEquals(one.fromServer(), said(), "as if it were alone");
  }

  @Test
  void aListenerHasAtLeastOneIdentityAndNotMoreThanItsBound() {
    Conversation one = Conversation.ONE;
    assertThrows(
        IllegalArgumentException.class, () -> server(one, List.of(), EVERYBODY, one.fromClient()));
    List<Identity> tooMany = new ArrayList<>();
    for (int i = 0; i <= Handshake.IDENTITIES_MAX; i++) {
      tooMany.add(SeedIdentity.numbered(i));
    }
    assertThrows(
        IllegalArgumentException.class, () -> server(one, tooMany, EVERYBODY, one.fromClient()));
  }
}
