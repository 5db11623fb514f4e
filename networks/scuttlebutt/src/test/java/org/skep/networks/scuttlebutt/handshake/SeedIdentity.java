package org.skep.networks.scuttlebutt.handshake;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

/** An identity whose secret lies open, for tests. */
public record SeedIdentity(Bytes seed) implements Identity {

  /** A different identity for each number. */
  public static SeedIdentity numbered(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    seed[1] = (byte) (number >> 8);
    return new SeedIdentity(Bytes.wrap(seed));
  }

  @Override
  public PublicKey publicKey() {
    return Ed25519.publicKey(seed);
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
