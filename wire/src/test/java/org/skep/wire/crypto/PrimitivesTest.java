package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

/**
 * Both libraries say the same of everything. The machine on which this runs has to take both,
 * whichever of them is chosen.
 */
class PrimitivesTest {
  private static final int ROUNDS = 300;
  private static final int LONG_BYTES = 70_000;

  private final Primitives portable = new BouncyCastle();
  private final Primitives native18 = new Libsodium(portable);
  private final SplittableRandom random = new SplittableRandom(18);

  private byte[] some(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private int someLength() {
    return random.nextInt(20) == 0 ? LONG_BYTES + random.nextInt(3) : random.nextInt(9_000);
  }

  @Test
  void theNativeOneIsTheVersionThatScuttlebuttJudgesBy() {
    assertEquals("libsodium 1.0.18", native18.name());
  }

  @Test
  void whatIsChosenIsWhatTheEnvironmentSays() {
    boolean off = "off".equals(System.getenv(Accelerator.VARIABLE));
    assertEquals(off ? portable.name() : native18.name(), Accelerator.name());
  }

  @Test
  void keysAndSignaturesAreTheSame() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] seed = some(32);
      byte[] message = some(someLength());
      byte[] key = portable.ed25519PublicKey(seed);
      byte[] signature = portable.ed25519Sign(seed, message);
      assertArrayEquals(key, native18.ed25519PublicKey(seed));
      assertArrayEquals(signature, native18.ed25519Sign(seed, message));
      assertTrue(native18.ed25519Verify(key, message, signature));
      signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
      assertFalse(native18.ed25519Verify(key, message, signature));
      assertFalse(portable.ed25519Verify(key, message, signature));
    }
  }

  @Test
  void verdictsOnPartsOfSmallOrderAreTheSame() throws IOException {
    for (SmallOrderTest.Case each : SmallOrderTest.cases()) {
      for (Primitives library : List.of(portable, native18)) {
        assertEquals(
            each.good(),
            library.ed25519Verify(
                each.key().bytes().toArray(), each.message().toArray(), each.signature().toArray()),
            library.name() + ": " + each.name());
      }
    }
  }

  @Test
  void agreementsAreTheSame() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] secret = some(32);
      byte[] theirs = some(32);
      assertArrayEquals(portable.x25519PublicKey(secret), native18.x25519PublicKey(secret));
      assertArrayEquals(portable.x25519Agree(secret, theirs), native18.x25519Agree(secret, theirs));
    }
    for (String point :
        List.of(
            "00".repeat(32),
            "01" + "00".repeat(31),
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "ec" + "ff".repeat(30) + "7f",
            "ed" + "ff".repeat(30) + "7f",
            "ee" + "ff".repeat(30) + "7f")) {
      byte[] secret = some(32);
      byte[] theirs = Bytes.ofHex(point).toArray();
      assertNull(portable.x25519Agree(secret, theirs), point);
      assertNull(native18.x25519Agree(secret, theirs), point);
    }
  }

  @Test
  void boxesAreTheSame() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] key = some(32);
      byte[] nonce = some(24);
      byte[] plain = some(i == 0 ? 0 : someLength());
      byte[] box = portable.boxSeal(key, nonce, plain);
      assertArrayEquals(box, native18.boxSeal(key, nonce, plain));
      assertArrayEquals(plain, native18.boxOpen(key, nonce, box));
      assertArrayEquals(plain, portable.boxOpen(key, nonce, box));
      box[random.nextInt(box.length)] ^= (byte) (1 << random.nextInt(8));
      assertNull(native18.boxOpen(key, nonce, box));
      assertNull(portable.boxOpen(key, nonce, box));
    }
  }

  @Test
  void whatIsOfAnotherLengthNeverReachesALibrary() {
    Bytes few = Bytes.wrap(some(31));
    Bytes key = Bytes.wrap(some(32));
    Bytes nonce = Bytes.wrap(some(24));
    assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(few));
    assertThrows(IllegalArgumentException.class, () -> Ed25519.sign(few, key));
    assertThrows(IllegalArgumentException.class, () -> X25519.publicKey(few));
    assertThrows(IllegalArgumentException.class, () -> X25519.agree(few, key));
    assertEquals(Optional.empty(), X25519.agree(key, few));
    assertThrows(IllegalArgumentException.class, () -> SecretBox.seal(few, nonce, key));
    assertThrows(IllegalArgumentException.class, () -> SecretBox.seal(key, few, key));
    assertThrows(IllegalArgumentException.class, () -> SecretBox.open(few, nonce, key));
    assertThrows(IllegalArgumentException.class, () -> SecretBox.open(key, few, key));
  }

  @Test
  void thereIsALibraryForUsualMachines() {
    for (String machine :
        List.of(
            "Linux amd64",
            "Linux aarch64",
            "Mac OS X/x86_64",
            "Mac OS X/aarch64",
            "Windows 11/amd64")) {
      int cut = machine.contains("/") ? machine.indexOf('/') : machine.indexOf(' ');
      String resource =
          Libsodium.resource(machine.substring(0, cut), machine.substring(cut + 1)).orElseThrow();
      assertTrue(PrimitivesTest.class.getResource(resource) != null, resource);
    }
    assertEquals(Optional.empty(), Libsodium.resource("Linux", "riscv64"));
  }
}
