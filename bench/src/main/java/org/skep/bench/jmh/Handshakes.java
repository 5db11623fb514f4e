package org.skep.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.handshake.ClientResult;
import org.skep.networks.scuttlebutt.handshake.Handshake;
import org.skep.networks.scuttlebutt.handshake.HandshakeException;
import org.skep.networks.scuttlebutt.handshake.Identity;
import org.skep.networks.scuttlebutt.handshake.ServerResult;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

/**
 * Each side of the secret handshake by itself: the same seeds say the same, so that the other side
 * is what it said once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Handshakes {
  private static final Bytes NETWORK = hash("network");

  /** An identity whose secret lies in memory. */
  private record Person(Bytes seed, PublicKey publicKey) implements Identity {
    Person(String name) {
      this(hash(name), Ed25519.publicKey(hash(name)));
    }

    @Override
    public Bytes sign(Bytes message) {
      return Ed25519.sign(seed, message);
    }

    @Override
    public Optional<Bytes> agree(Bytes theirX25519) {
      return X25519.agree(Ed25519.x25519Secret(seed), theirX25519);
    }
  }

  private final Person caller = new Person("caller");
  private final Person called = new Person("called");
  private byte[] saidByClient = new byte[0];
  private byte[] saidByServer = new byte[0];

  private static Bytes hash(String text) {
    return Digests.sha256(Bytes.ofUtf8(text));
  }

  /** One side, as far as what the other has said lets it speak. */
  @FunctionalInterface
  private interface Speaker {
    void speak(OutputStream line) throws IOException, HandshakeException;
  }

  private static byte[] said(Speaker speaker) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      speaker.speak(line);
    } catch (HandshakeException e) {
      // The other has said no more yet.
      return line.toByteArray();
    }
    return line.toByteArray();
  }

  /** Each says two things, the second of them when it has heard the other's first. */
  @Setup
  public void record() throws IOException {
    for (int i = 0; i < 2; i++) {
      saidByClient = said(this::client);
      saidByServer = said(this::server);
    }
  }

  private ClientResult client(OutputStream line) throws IOException, HandshakeException {
    return Handshake.client(
        new ByteArrayInputStream(saidByServer),
        line,
        NETWORK,
        caller,
        called.publicKey(),
        hash("client's once"));
  }

  private ServerResult server(OutputStream line) throws IOException, HandshakeException {
    return Handshake.server(
        new ByteArrayInputStream(saidByClient),
        line,
        NETWORK,
        List.of(called),
        (_, _) -> true,
        hash("server's once"));
  }

  /** Dials. */
  @Benchmark
  public ClientResult client() throws IOException, HandshakeException {
    return client(OutputStream.nullOutputStream());
  }

  /** Answers, as the only identity. */
  @Benchmark
  public ServerResult server() throws IOException, HandshakeException {
    return server(OutputStream.nullOutputStream());
  }
}
