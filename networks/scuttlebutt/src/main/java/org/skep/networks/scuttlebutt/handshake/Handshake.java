package org.skep.networks.scuttlebutt.handshake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.handshake.HandshakeException.Reason;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.SecretBox;

/**
 * Both roles of the secret handshake over a pair of streams.
 *
 * <p>Reads and writes block. A deadline is the caller's to keep: closing the connection under a
 * handshake ends it with an {@link IOException}. Nothing beyond the four messages is read, so the
 * box stream starts where the handshake stops. Any thread, one at a time for a pair of streams.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "Handshake".
 */
public final class Handshake {
  /** Length of a network key ({@code caps.shs}). */
  public static final int NETWORK_KEY_BYTES = 32;

  /** Length of the random seed from which an ephemeral key is made. */
  public static final int EPHEMERAL_SEED_BYTES = 32;

  /** How many of our identities may share one listener: what one call may cost us. */
  public static final int IDENTITIES_MAX = 64;

  static final int HELLO_BYTES = 64;
  static final int CLIENT_PROOF_BYTES = 112;
  static final int SERVER_PROOF_BYTES = 80;

  private Handshake() {}

  /**
   * Dials: proves that we are {@code identity} to the one who holds {@code serverKey}, and only to
   * that one.
   *
   * @param networkKey 32 bytes that both sides must know
   * @param ephemeralSeed 32 random bytes, used once
   * @throws HandshakeException when the other side does not prove itself
   * @throws IOException when the streams fail
   */
  public static ClientResult client(
      InputStream in,
      OutputStream out,
      Bytes networkKey,
      Identity identity,
      PublicKey serverKey,
      Bytes ephemeralSeed)
      throws IOException, HandshakeException {
    return client(in, out, networkKey, identity, serverKey, Hello.make(networkKey, ephemeralSeed));
  }

  static ClientResult client(
      InputStream in,
      OutputStream out,
      Bytes networkKey,
      Identity identity,
      PublicKey serverKey,
      Hello hello)
      throws IOException, HandshakeException {
    Bytes serverX25519 =
        Ed25519.x25519Public(serverKey).orElseThrow(() -> new HandshakeException(Reason.WEAK_KEY));
    send(out, hello.message());

    Hello.Agreed agreed = hello.agree(networkKey, receive(in, HELLO_BYTES));
    Bytes clientToServer = orWeak(hello.agree(serverX25519));
    ClientProof proof =
        ClientProof.make(identity, networkKey, serverKey, agreed.sharedSecretHash());
    send(out, seal(agreed.clientProofKey(networkKey, clientToServer), proof.bytes()));

    Bytes serverToClient = orWeak(identity.agree(agreed.theirEphemeral()));
    Secrets secrets = new Secrets(networkKey, agreed, clientToServer, serverToClient);
    Bytes signature =
        open(secrets.serverProofKey(), receive(in, SERVER_PROOF_BYTES))
            .orElseThrow(() -> new HandshakeException(Reason.NOT_FOR_US));
    Bytes signed = Bytes.concat(networkKey, proof.bytes(), agreed.sharedSecretHash());
    if (!Ed25519.verify(serverKey, signed, signature)) {
      throw new HandshakeException(Reason.NOT_PROVEN);
    }
    return new ClientResult(secrets.sessionKeys(identity.publicKey(), serverKey, hello), serverKey);
  }

  /**
   * Answers a call to one of several identities. The caller's second message opens only under the
   * identity it dialled; each is tried, always all of them, so that the time taken tells how many
   * there are but not which was meant.
   *
   * @param networkKey 32 bytes that both sides must know
   * @param identities 1 to 64 of ours
   * @param ephemeralSeed 32 random bytes, used once
   * @throws HandshakeException when the other side does not prove itself or is not admitted
   * @throws IOException when the streams fail
   */
  public static ServerResult server(
      InputStream in,
      OutputStream out,
      Bytes networkKey,
      List<? extends Identity> identities,
      Admission admission,
      Bytes ephemeralSeed)
      throws IOException, HandshakeException {
    if (identities.isEmpty() || identities.size() > IDENTITIES_MAX) {
      throw new IllegalArgumentException(
          "a listener has 1 to " + IDENTITIES_MAX + " identities, not " + identities.size());
    }
    return server(
        in, out, networkKey, identities, admission, Hello.make(networkKey, ephemeralSeed));
  }

  static ServerResult server(
      InputStream in,
      OutputStream out,
      Bytes networkKey,
      List<? extends Identity> identities,
      Admission admission,
      Hello hello)
      throws IOException, HandshakeException {
    Hello.Agreed agreed = hello.agree(networkKey, receive(in, HELLO_BYTES));
    send(out, hello.message());

    Called called = whoIsCalled(identities, networkKey, agreed, receive(in, CLIENT_PROOF_BYTES));
    ClientProof proof = new ClientProof(called.proof());
    PublicKey ours = called.identity().publicKey();
    PublicKey theirs = proof.client();
    if (!proof.holdsFor(networkKey, ours, agreed.sharedSecretHash())) {
      throw new HandshakeException(Reason.NOT_PROVEN);
    }
    Bytes clientX25519 =
        Ed25519.x25519Public(theirs).orElseThrow(() -> new HandshakeException(Reason.WEAK_KEY));
    Bytes serverToClient = orWeak(hello.agree(clientX25519));
    if (!admission.admits(ours, theirs)) {
      throw new HandshakeException(Reason.NOT_ADMITTED);
    }
    Secrets secrets = new Secrets(networkKey, agreed, called.clientToServer(), serverToClient);
    Bytes signed = Bytes.concat(networkKey, proof.bytes(), agreed.sharedSecretHash());
    send(out, seal(secrets.serverProofKey(), called.identity().sign(signed)));
    return new ServerResult(secrets.sessionKeys(ours, theirs, hello), called.identity(), theirs);
  }

  private record Called(Identity identity, Bytes clientToServer, Bytes proof) {}

  private static Called whoIsCalled(
      List<? extends Identity> identities, Bytes networkKey, Hello.Agreed agreed, Bytes box)
      throws HandshakeException {
    Optional<Called> called = Optional.empty();
    for (Identity identity : identities) {
      Optional<Bytes> shared = identity.agree(agreed.theirEphemeral());
      if (shared.isEmpty()) {
        continue;
      }
      Optional<Bytes> proof = open(agreed.clientProofKey(networkKey, shared.get()), box);
      if (proof.isPresent()) {
        called = Optional.of(new Called(identity, shared.get(), proof.get()));
      }
    }
    return called.orElseThrow(() -> new HandshakeException(Reason.NOT_FOR_US));
  }

  /** Each box has a key of its own, used once: the nonce may be zero, and is. */
  private static final Bytes ZERO_NONCE = Bytes.wrap(new byte[SecretBox.NONCE_BYTES]);

  private static Bytes seal(Bytes key, Bytes plain) {
    return SecretBox.seal(key, ZERO_NONCE, plain);
  }

  private static Optional<Bytes> open(Bytes key, Bytes box) {
    return SecretBox.open(key, ZERO_NONCE, box);
  }

  private static Bytes orWeak(Optional<Bytes> shared) throws HandshakeException {
    return shared.orElseThrow(() -> new HandshakeException(Reason.WEAK_KEY));
  }

  private static void send(OutputStream out, Bytes message) throws IOException {
    out.write(message.toArray());
    out.flush();
  }

  private static Bytes receive(InputStream in, int length) throws IOException, HandshakeException {
    byte[] message = in.readNBytes(length);
    if (message.length < length) {
      throw new HandshakeException(Reason.HUNG_UP);
    }
    return Bytes.wrap(message);
  }
}
