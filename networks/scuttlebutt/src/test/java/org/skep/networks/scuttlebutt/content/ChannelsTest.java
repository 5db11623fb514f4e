package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples were put through normalizeChannel of ssb-ref 2.16.0. */
class ChannelsTest {
  @Test
  void allSpellingsMeet() {
    assertEquals(Optional.of("newzealand"), Channels.normalise("New Zealand"));
    assertEquals(Optional.of("newzealand"), Channels.normalise("#newZealand!"));
    assertEquals(Optional.of("a-b_c/d"), Channels.normalise("a-b_c/d,.?!<>()[]\"#"));
    assertEquals(Optional.of("école"), Channels.normalise("\u00a0É\u2003cole\ufeff\u2028\n"));
  }

  @Test
  void aLongNameIsCut() {
    assertEquals(Optional.of("x".repeat(30)), Channels.normalise("#" + "X".repeat(31)));
  }

  @Test
  void aNameOfNothingButPunctuationIsNone() {
    assertEquals(Optional.empty(), Channels.normalise(" #[]! "));
    assertEquals(Optional.empty(), Channels.normalise(""));
  }
}
