package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Keys and signatures on which libraries differ, with what libsodium 1.0.18 says of each, as {@code
 * interop/peer/small-order.js} noted it.
 */
class SmallOrderTest {
  /** One line of the record. */
  record Case(
      String name,
      PublicKey key,
      Bytes message,
      Bytes signature,
      boolean good,
      Optional<Bytes> x25519) {
    static Case parse(String line) {
      String[] words = line.split(" ", -1);
      return new Case(
          words[0],
          new PublicKey(Bytes.ofHex(words[1])),
          Bytes.ofHex(words[2]),
          Bytes.ofHex(words[3]),
          Boolean.parseBoolean(words[4]),
          words[5].equals("none") ? Optional.empty() : Optional.of(Bytes.ofHex(words[5])));
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = SmallOrderTest.class.getResourceAsStream("small-order.txt")) {
      if (in == null) {
        throw new IOException("no record");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(Case::parse).toList();
    }
  }

  @Test
  void everySignatureIsJudgedAsLibsodiumJudgesIt() throws IOException {
    for (Case each : cases()) {
      assertEquals(
          each.good(), Ed25519.verify(each.key(), each.message(), each.signature()), each.name());
    }
  }

  @Test
  void theRecordHoldsBothVerdictsForKeysAndPointsWithPartsOfSmallOrder() throws IOException {
    List<Case> mixed = cases().stream().filter(each -> each.name().startsWith("key+7T")).toList();
    assertTrue(mixed.stream().anyMatch(Case::good));
    assertFalse(mixed.stream().allMatch(Case::good));
  }

  @Test
  void whatIsJudgedForEverHasNoPartOfSmallOrder() throws IOException {
    for (Case each : cases()) {
      boolean pure = each.name().startsWith("key+0T,point+0T") || each.name().equals("S+0L");
      assertEquals(
          pure, StrictEd25519.verify(each.key(), each.message(), each.signature()), each.name());
    }
  }

  /** The two exceptions are libsodium's, see {@link Ed25519#x25519Public}. */
  @Test
  void aKeyHasTheX25519FormThatLibsodiumGivesItOrNone() throws IOException {
    for (Case each : cases()) {
      boolean overlooked = each.name().startsWith("key+4T") || each.name().equals("key-y=p+9");
      assertEquals(
          overlooked ? Optional.empty() : each.x25519(),
          Ed25519.x25519Public(each.key()),
          each.name());
    }
  }
}
