package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.skep.kernel.RecordException;

final class AbridgedTest {
  private static final List<String> NAMES = List.of("@ana", "%früher");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] andBack(byte[] record, List<String> names) {
    return Abridged.whole(Abridged.of(record, names), names);
  }

  @Test
  void namesThatStandInARecordAreLeftOutOnce() {
    byte[] record = bytes("{\"previous\":\"%früher\",\"author\":\"@ana\",\"text\":\"@ana\"}");
    byte[] abridged = Abridged.of(record, NAMES);
    assertEquals(record.length - 4 - 8 + 2, abridged.length);
    assertArrayEquals(record, Abridged.whole(abridged, NAMES));
  }

  @Test
  void whatNamesNothingIsWholeToo() {
    for (String text : List.of("", "@an", "@ana", "%früher@ana", "@@ana", "%frü@anaher")) {
      assertArrayEquals(bytes(text), andBack(bytes(text), NAMES), text);
      assertArrayEquals(bytes(text), andBack(bytes(text), List.of()), text);
    }
  }

  @Test
  void aNameMayStandFarBehind() {
    for (int place : List.of(126, 127, 128, 16_382, 16_383, 16_384, 3_000_000)) {
      byte[] record = bytes("x".repeat(place) + "@ana");
      assertArrayEquals(record, andBack(record, NAMES));
    }
  }

  /** Whatever bytes come of a disk, they give a record or are refused, and nothing else. */
  @Test
  void whatIsDamagedIsRefusedOrIsAnotherRecord() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] any = new byte[random.nextInt(12)];
      random.nextBytes(any);
      try {
        Abridged.whole(any, NAMES);
      } catch (RecordException e) {
        assertEquals("a kept record is damaged: its names have no place in it", e.getMessage());
      }
    }
    for (byte[] damaged :
        List.of(
            new byte[] {},
            new byte[] {0},
            new byte[] {(byte) 0x80, 0},
            new byte[] {5, 0, 'a'},
            new byte[] {-1, -1, -1, -1, -1, 0, 0})) {
      assertThrows(RecordException.class, () -> Abridged.whole(damaged, NAMES));
    }
  }
}
