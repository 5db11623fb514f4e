package org.skep.networks.fediverse.signature;

import java.util.List;
import java.util.Set;
import org.skep.kernel.Bytes;

/**
 * A request's signature, of which everything was found in order but whether it is the key's.
 *
 * @param keyId which key it claims, as written; at most {@link #KEY_ID_CHARS_MAX}
 * @param algorithms one of which the key must be for
 * @param readings the bytes over which it may have been made, the likeliest first: some programs
 *     leave the query of what they read out, so that a query is not proven
 * @param untilMillis until when a request so signed is taken; as long the signature must be
 *     remembered, and by itself, because which key it names is not always signed
 */
public record Claim(
    String keyId,
    Set<SignatureAlgorithm> algorithms,
    List<Bytes> readings,
    Bytes signature,
    long untilMillis) {
  static final int KEY_ID_CHARS_MAX = 2_048;

  public Claim {
    algorithms = Set.copyOf(algorithms);
    readings = List.copyOf(readings);
  }

  /** Whether the signature is the key's. */
  public boolean isOf(VerifyingKey key) {
    return algorithms.contains(key.algorithm())
        && readings.stream().anyMatch(reading -> key.verifies(reading, signature));
  }
}
