package org.skep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void withinALineAForeignTextOnlyStandsThere() {
    assertEquals("a�[2Jb", Texts.withinALine("a\u001b[2Jb"));
    assertEquals("a�b�c", Texts.withinALine("a\nb\rc"));
    assertEquals("a�b�c�d", Texts.withinALine("a\u0085b\u2028c\u2029d"));
    assertEquals("�good�", Texts.withinALine("\u202egood\u202c"));
    assertEquals("�good�", Texts.withinALine("\u2067good\u2069"));
  }

  @Test
  void lettersOfEveryDirectionStayAsTheyAre() {
    assertEquals("é ✓ 😀 שלום\tend", Texts.withinALine("é ✓ 😀 שלום\tend"));
  }

  @Test
  void halvesOfPairsAreMadeWhole() {
    assertEquals("a\ufffdb\ufffd", Texts.whole("a\ud83db\ude00"));
    assertEquals("\ufffd\ud83d\ude00\ufffd", Texts.whole("\ude00\ud83d\ude00\ud83d"));
    assertEquals("é 😀", Texts.whole("é 😀"));
    assertEquals("", Texts.whole(""));
  }
}
