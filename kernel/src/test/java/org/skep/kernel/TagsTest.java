package org.skep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags are compared as Scuttlebutt's programs compare channels. */
class TagsTest {

  /** The first eight as ssb-ref 2.16.0 gives them. */
  @ParameterizedTest
  @CsvSource({
    "NewZealand, newzealand",
    "#new zealand!, newzealand",
    "new-people, new-people",
    "snake_case, snake_case",
    "!@#$%^&*()_, @$%^&*_",
    "#2026, 2026",
    "👍👍, 👍👍",
    "ÉTÉ, été",
    "ｂｅｅｓ, bees",
    "日本語, 日本語"
  })
  void aTagIsWrittenInManyWays(String written, String tag) {
    assertEquals(Optional.of(tag), Tags.normalise(written));
  }

  @Test
  void whatIsTooLongIsCutAndNoCharacterInTwo() {
    assertEquals(Optional.of("a".repeat(30)), Tags.normalise("a".repeat(30)));
    assertEquals(Optional.of("a".repeat(30)), Tags.normalise("A".repeat(31)));
    assertEquals(Optional.of("a".repeat(29)), Tags.normalise("a".repeat(29) + "👍"));
    assertEquals(Optional.of("b"), Tags.normalise("#".repeat(500) + "b"));
    assertEquals(Optional.empty(), Tags.normalise("#".repeat(100_000) + "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "#", "!#()", "\u200b", "\u202e", "\u0000", "\ud800", "\u00a0"})
  void ofSomeNothingIsLeft(String written) {
    assertEquals(Optional.empty(), Tags.normalise(written));
  }

  @Test
  void whatNobodySeesMakesNoDifference() {
    assertEquals(Tags.normalise("bees"), Tags.normalise("\u202ebe\u200bes\ufeff"));
  }

  @Test
  void whatIsLeftOfATagIsOneTagHoweverItWasWritten() {
    assertEquals(Optional.of("\u00e0"), Tags.normalise("\u00e0"));
    assertEquals(Optional.of("\u00e0"), Tags.normalise("a\u0300"));
    assertEquals(Optional.of("\u00e0"), Tags.normalise("a(\u0300"));
    assertEquals(Optional.of("\u00e0".repeat(30)), Tags.normalise("a!\u0300".repeat(31)));
  }
}
