package org.skep.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

/** Ed25519 over as much as a message has. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Signatures {
  private final Bytes seed = Digests.sha256(Bytes.ofUtf8("signatures"));
  private final PublicKey key = Ed25519.publicKey(seed);
  private final Bytes text = Bytes.ofUtf8("0123456789".repeat(80));
  private final Bytes signature = Ed25519.sign(seed, text);

  /** Signs. */
  @Benchmark
  public Bytes sign() {
    return Ed25519.sign(seed, text);
  }

  /** Says whether a signature is good. */
  @Benchmark
  public boolean verify() {
    return Ed25519.verify(key, text, signature);
  }
}
