package org.skep.wire.age;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;

class AgeTest {
  private static final int CHEAP = 4;
  private static final String PASSPHRASE = "bees é ✓";

  private final Random random = new Random(20_261_129);

  private byte[] sealed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AgeSeal seal = AgeSeal.begin(out, PASSPHRASE, random::nextBytes, CHEAP)) {
      seal.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] opened(byte[] sealed, String passphrase) throws IOException {
    try (AgeOpen open = AgeOpen.begin(new ByteArrayInputStream(sealed), passphrase)) {
      return open.readAllBytes();
    }
  }

  /** A vector of C2SP/CCTV (age/testdata at 1e3d2860): a head of keys, an empty line, a file. */
  record Vector(String name, Map<String, String> head, Bytes file) {
    static Vector of(String line) {
      String[] parts = line.split(" ", 2);
      byte[] all = Base64.getDecoder().decode(parts[1]);
      String text = new String(all, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\n\n");
      Map<String, String> head = new HashMap<>();
      text.substring(0, end)
          .lines()
          .map(entry -> entry.split(": ", 2))
          .forEach(entry -> head.put(entry[0], entry[1]));
      return new Vector(parts[0], head, Bytes.copyOf(all, end + 2, all.length - end - 2));
    }
  }

  static Stream<Arguments> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AgeTest.class.getResourceAsStream("vectors.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(Vector::of)
          .map(vector -> Arguments.of(vector.name(), vector));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void thePublishedVectorsAreJudgedAsTheyShallBe(String name, Vector vector) throws IOException {
    String passphrase = vector.head().getOrDefault("passphrase", "");
    if ("success".equals(vector.head().get("expect"))) {
      Bytes plain = Bytes.wrap(opened(vector.file().toArray(), passphrase));
      assertEquals(vector.head().get("payload"), Digests.sha256(plain).hex());
    } else {
      assertThrows(AgeException.class, () -> opened(vector.file().toArray(), passphrase), name);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
  void whatIsSealedOpensAsItWas(int length) throws IOException {
    byte[] plain = new byte[length];
    random.nextBytes(plain);
    assertArrayEquals(plain, opened(sealed(plain), PASSPHRASE));
  }

  @Test
  void anotherPassphraseIsToldFromDamage() throws IOException {
    byte[] sealed = sealed(new byte[10]);
    AgeException refused = assertThrows(AgeException.class, () -> opened(sealed, "wasps"));
    assertEquals("the passphrase is another one", refused.getMessage());
  }

  @Test
  void noByteCanBeChangedAndNothingLeftOff() throws IOException {
    byte[] sealed = sealed(new byte[70_000]);
    for (int at = 0; at < sealed.length; at += at < 300 ? 1 : 997) {
      byte[] touched = sealed.clone();
      touched[at] ^= 1;
      assertThrows(AgeException.class, () -> opened(touched, PASSPHRASE), "byte " + at);
      byte[] cut = Arrays.copyOf(sealed, at);
      assertThrows(AgeException.class, () -> opened(cut, PASSPHRASE), "cut at " + at);
    }
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    assertThrows(AgeException.class, () -> opened(longer, PASSPHRASE));
  }

  @Test
  void theUsualWorkFactorIsAcceptedBack() {
    assertTrue(AgeSeal.WORK_FACTOR <= AgeOpen.WORK_FACTOR_MAX);
  }
}
