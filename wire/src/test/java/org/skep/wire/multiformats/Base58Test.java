package org.skep.wire.multiformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;

final class Base58Test {
  /** draft-msporny-base58-03, section 5. */
  @ParameterizedTest
  @CsvSource({
    "48656c6c6f20576f726c6421, 2NEpo7TZRRrLZSi2U",
    "54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e,"
        + " USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    "0000287fb4cd, 11233QC4"
  })
  void textsOfTheDraft(String hex, String text) {
    assertEquals(text, Base58.encode(Bytes.ofHex(hex)));
    assertEquals(Optional.of(Bytes.ofHex(hex)), Base58.decode(text));
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll @Size(max = 80) byte[] bytes) {
    Bytes given = Bytes.copyOf(bytes);
    assertEquals(Optional.of(given), Base58.decode(Base58.encode(given)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "O", "I", "l", " 1", "1\n", "é"})
  void otherCharactersAreRefused(String text) {
    assertEquals(Optional.empty(), Base58.decode(text));
  }

  @Test
  void whatIsLongIsRefusedBeforeItIsComputed() {
    Bytes most = Bytes.wrap(new byte[Base58.BYTES_MAX]);
    assertEquals(Optional.of(most), Base58.decode(Base58.encode(most)));
    assertEquals(Optional.empty(), Base58.decode("1".repeat(Base58.BYTES_MAX + 1)));
    assertEquals(Optional.empty(), Base58.decode("z".repeat(1 << 24)));
    Bytes more = Bytes.wrap(new byte[Base58.BYTES_MAX + 1]);
    assertThrows(IllegalArgumentException.class, () -> Base58.encode(more));
  }

  @Test
  void theLargestThatFitsIsTaken() {
    byte[] ones = new byte[Base58.BYTES_MAX];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals(Optional.of(Bytes.wrap(ones)), Base58.decode(Base58.encode(Bytes.wrap(ones))));
  }
}
