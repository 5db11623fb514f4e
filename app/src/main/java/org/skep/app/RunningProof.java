package org.skep.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.skep.kernel.Bytes;
import org.skep.kernel.Randomness;

/**
 * How a running node proves to the command line that it is the one that wrote {@code running.txt},
 * before it is shown a token: it answers a challenge with a keyed hash (HMAC-SHA-256, RFC 2104) of
 * it and of its own port, under a key that stands in that file alone. Another program that got hold
 * of the port can't, nor can it pass the challenge on to a node on another port. Any thread.
 */
public final class RunningProof {
  /**
   * Where the node answers; the challenge follows. Open, because it proves nothing of the caller.
   */
  public static final String PATH = "/api/skep/v1/proof/";

  private static final int KEY_BYTES = 32;
  private static final int CHALLENGE_CHARS_MAX = 128;
  private static final String HMAC = "HmacSHA256";

  private final String key;

  private RunningProof(String key) {
    this.key = key;
  }

  static RunningProof fresh(Randomness randomness) {
    return new RunningProof(randomness.bytes(KEY_BYTES).hex());
  }

  /**
   * @param key 64 hexadecimal digits
   */
  static RunningProof ofKey(String key) {
    return new RunningProof(key);
  }

  /** The key, for the file that only the folder's owner can read. */
  String key() {
    return key;
  }

  /** A challenge that nobody can foresee. */
  public static String challenge(Randomness randomness) {
    return randomness.bytes(KEY_BYTES).hex();
  }

  /** Whether a challenge is short enough to be answered. */
  static boolean accepts(String challenge) {
    return challenge.length() <= CHALLENGE_CHARS_MAX;
  }

  /** What the node on the port answers, in 64 hexadecimal digits. */
  public String answer(int port, String challenge) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Bytes.ofHex(key).toArray(), HMAC));
      String said = "skep runs at " + port + ": " + challenge;
      return HexFormat.of().formatHex(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** Whether the node on the port gave the right answer; compared in constant time. */
  public boolean isRight(int port, String challenge, String answer) {
    return MessageDigest.isEqual(
        answer(port, challenge).getBytes(StandardCharsets.UTF_8),
        answer.getBytes(StandardCharsets.UTF_8));
  }

  /** The key is not printed. */
  @Override
  public String toString() {
    return "RunningProof";
  }
}
