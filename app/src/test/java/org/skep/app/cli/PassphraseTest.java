package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseTest {
  @TempDir Path place;

  private Passphrase in(byte[] content) throws Exception {
    Passphrase passphrase = new Passphrase();
    passphrase.file = Files.write(place.resolve("passphrase"), content);
    return passphrase;
  }

  private Passphrase in(String content) throws Exception {
    return in(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(Passphrase passphrase) {
    return String.valueOf(assertThrows(Failure.class, passphrase::choose).getMessage());
  }

  @Test
  void itIsTheFirstLineWhateverEndsIt() throws Exception {
    assertEquals("bees é ✓ bees", in("bees é ✓ bees\r\nnot this\n").choose());
    assertEquals("bees é ✓ bees", in("bees é ✓ bees").recall());
  }

  @Test
  void whatCannotBeOneIsRefusedInWords() throws Exception {
    assertTrue(refusal(in("seven 7")).contains("at least 8 characters"));
    assertTrue(refusal(in("")).contains("at least 8 characters"));
    assertTrue(refusal(in("x".repeat(5_000))).contains("too long"));
    assertTrue(
        refusal(in("caf\u00e9 caf\u00e9".getBytes(StandardCharsets.ISO_8859_1))).contains("UTF-8"));
    Passphrase nowhere = new Passphrase();
    nowhere.file = place.resolve("nowhere");
    assertTrue(refusal(nowhere).contains("can't be read"));
  }
}
