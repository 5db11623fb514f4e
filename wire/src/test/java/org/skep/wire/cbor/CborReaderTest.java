package org.skep.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

class CborReaderTest {
  /** Examples of RFC 8949, appendix A, of the kinds that exist here. */
  @Test
  void theExamplesOfTheSpecificationAreRead() throws Exception {
    assertEquals(0, reader("00").unsigned(0));
    assertEquals(23, reader("17").unsigned(23));
    assertEquals(24, reader("1818").unsigned(24));
    assertEquals(1_000_000, reader("1a000f4240").unsigned(1_000_000));
    assertEquals(1_000_000_000_000L, reader("1b000000e8d4a51000").unsigned(Long.MAX_VALUE));
    assertEquals(Bytes.ofHex("01020304"), reader("4401020304").bytes(4));
    assertEquals("IETF", reader("6449455446").text(4));
    assertEquals("水", reader("63e6b0b4").text(3));
    assertEquals("𐅑", reader("64f0908591").text(4));
    assertEquals(
        Map.of("a", Bytes.ofHex("01"), "b", Bytes.ofHex("820203")),
        reader("a26161016162820203").map(2, 3));
    for (String good :
        List.of("1bffffffffffffffff", "20", "3863", "3bffffffffffffffff", "f4", "f5", "f6", "80")) {
      assertEquals(Bytes.ofHex(good), reader(good).item(0, 1));
    }
  }

  @Test
  void everyOtherFormIsRefused() {
    for (String wrong :
        List.of(
            "",
            "1817",
            "1900ff",
            "1a0000ffff",
            "1b00000000ffffffff",
            "18",
            "1901",
            "1c",
            "1f",
            "3817",
            "5f42010243030405ff",
            "580101",
            "4401",
            "5bffffffffffffffff",
            "62c328",
            "7f657374726561646d696e67ff",
            "63eda080",
            "61ff",
            "9fff",
            "9f018202039f0405ffff",
            "9bffffffffffffffff",
            "8201",
            "bf61610161629f0203ffff",
            "a10102",
            "a1617a",
            "a2616201616102",
            "a2616101616102",
            "c074",
            "d82076",
            "e0",
            "f0",
            "f7",
            "f800",
            "f97e00",
            "fa47c35000",
            "fbc010666666666666",
            "ff",
            "fc")) {
      assertThrows(CborException.class, () -> reader(wrong).item(1 << 20, 16), wrong);
    }
  }

  @Test
  void boundsAreKept() {
    assertThrows(CborException.class, () -> reader("1818").unsigned(23));
    assertThrows(CborException.class, () -> reader("1bffffffffffffffff").unsigned(Long.MAX_VALUE));
    assertThrows(CborException.class, () -> reader("43010203").bytes(2));
    assertThrows(CborException.class, () -> reader("43010203").bytesOf(4));
    assertThrows(CborException.class, () -> reader("6161").text(0));
    assertThrows(CborException.class, () -> reader("820000").array(1));
    assertThrows(CborException.class, () -> reader("a2616100616200").map(1, 2));
    assertThrows(CborException.class, () -> reader("818100").item(9, 2));
    assertThrows(CborException.class, () -> reader("0000").end());
  }

  @Test
  void aLengthThatLiesAllocatesNothing() {
    for (String lie : List.of("5a7fffffff", "7a7fffffff", "9a7fffffff", "ba7fffffff")) {
      assertThrows(CborException.class, () -> reader(lie).item(Integer.MAX_VALUE, 16), lie);
    }
  }

  @Test
  void nestingIsBoundedBeforeTheStackIs() {
    Bytes deep = Bytes.ofHex("81".repeat(100_000));
    assertThrows(CborException.class, () -> new CborReader(deep).item(9, 64));
  }

  @Test
  void anItemOfAnotherKindIsRefused() {
    assertThrows(CborException.class, () -> reader("00").bytes(9));
    assertThrows(CborException.class, () -> reader("40").text(9));
    assertThrows(CborException.class, () -> reader("60").bytes(9));
    assertThrows(CborException.class, () -> reader("80").map(9, 9));
    assertThrows(CborException.class, () -> reader("a0").array(9));
    assertThrows(CborException.class, () -> reader("f6").bool());
    assertThrows(CborException.class, () -> reader("f4").nil());
    assertThrows(CborException.class, () -> reader("20").unsigned(9));
  }

  @Test
  void halfASurrogatePairIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> new CborWriter().text("\ud83d"));
  }

  private static CborReader reader(String hex) {
    return new CborReader(Bytes.ofHex(hex));
  }
}
