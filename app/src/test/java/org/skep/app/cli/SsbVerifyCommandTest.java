package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.SignCap;

final class SsbVerifyCommandTest {
  private static final Bytes KEY = Bytes.ofHex("07".repeat(32));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("messages");
  }

  private int verify(List<String> lines, String... options) throws IOException {
    Files.write(file, lines);
    String[] words = {"ssb", "verify", file.toString()};
    return SkepCommand.run(Stream.of(words, options).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void itEndsWellOnlyWhenAllAreGood() throws IOException {
    List<String> feed = new Ssb("Ana").saysAll("one", "two", "three");
    assertEquals(0, verify(feed));
    assertEquals(0, verify(List.of()));
    assertEquals(1, verify(feed.subList(1, 3)));
    assertEquals(0, verify(feed.subList(1, 3), "--unchained"));
    assertEquals(1, verify(List.of(feed.getFirst(), "rubbish"), "--unchained"));
  }

  @Test
  void aNetworksKeyIsTakenInItsOneForm() throws IOException {
    List<String> feed = new Ssb("Ana", SignCap.of(KEY)).saysAll("one");
    assertEquals(1, verify(feed));
    assertEquals(0, verify(feed, "--hmac", KEY.base64()));
    for (String bad : List.of("", "short", KEY.base64().replace("=", ""), KEY.hex())) {
      assertEquals(2, verify(feed, "--hmac", bad), bad);
    }
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertEquals(1, SkepCommand.run(new String[] {"ssb", "verify", file.toString()}));
    assertEquals(1, SkepCommand.run(new String[] {"ssb", "verify", folder.toString()}));
    assertEquals(2, SkepCommand.run(new String[] {"ssb", "verify"}));
    assertEquals(2, SkepCommand.run(new String[] {"ssb"}));
  }
}
