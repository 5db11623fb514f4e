package org.skep.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.skep.networks.scuttlebutt.boxstream.BoxInputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxOutputStream;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.SecretBox;
import org.skep.wire.crypto.X25519;

/** Boxes of the line, full ones, and letters to two readers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Boxes {
  private final Bytes key = Digests.sha256(Bytes.ofUtf8("boxes"));
  private final Bytes nonce = key.slice(0, SecretBox.NONCE_BYTES);
  private final byte[] plain = new byte[BoxInputStream.BODY_BYTES_MAX];
  private byte[] sealed = new byte[0];

  private final Bytes letter =
      Bytes.ofUtf8("{\"type\":\"post\",\"text\":\"" + "a ".repeat(200) + "\"}");
  private final Bytes reader = Digests.sha256(Bytes.ofUtf8("reader"));
  private final Bytes other = Digests.sha256(Bytes.ofUtf8("other"));
  private final List<Bytes> readers = List.of(X25519.publicKey(other), X25519.publicKey(reader));
  private final PrivateBox.Fresh fresh =
      new PrivateBox.Fresh(nonce, key, Digests.sha256(Bytes.ofUtf8("once")));
  private final Bytes boxed = PrivateBox.seal(letter, readers, fresh).orElseThrow().box();

  /** Seals what is opened. */
  @Setup
  public void seal() throws IOException {
    sealed = streamSeal();
  }

  /** Seals 4,096 bytes into a box of a new stream. */
  @Benchmark
  public byte[] streamSeal() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(2 * plain.length);
    new BoxOutputStream(line, key, nonce).write(plain);
    return line.toByteArray();
  }

  /** Opens it. */
  @Benchmark
  public byte[] streamOpen() throws IOException {
    return new BoxInputStream(new ByteArrayInputStream(sealed), key, nonce)
        .readNBytes(plain.length);
  }

  /** Seals a letter of some 400 letters for two readers. */
  @Benchmark
  public Optional<PrivateBox.Boxed> letterSeal() {
    return PrivateBox.seal(letter, readers, fresh);
  }

  /** Opens it as the second of them. */
  @Benchmark
  public Optional<Bytes> letterOpen() {
    return PrivateBox.open(boxed, theirs -> X25519.agree(reader, theirs));
  }
}
