package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.LineProcess;

/** A running Skep is given away by its command line, and brought back as another. */
@Tag("home")
class WholeCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private SkepProcess.Answer bringBack(Path from, Path data, Path passphrase) throws Exception {
    List<String> command = SkepProcess.commandLine("import");
    command.addAll(
        List.of(
            from.toString(),
            "--data",
            data.toString(),
            "--passphrase-file",
            passphrase.toString()));
    LineProcess process =
        LineProcess.start("skep import", command, Map.of(), folder.resolve("import.err"));
    process.closeInput();
    int exitCode = process.awaitEnd(PATIENCE);
    return new SkepProcess.Answer(exitCode, process.remainingLines(PATIENCE));
  }

  @Test
  void whatWasPostedIsThereAgainAndRests() throws Exception {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "bees é ✓ bees\n");
    Path exported = folder.resolve("exported");
    try (SkepProcess skep = SkepProcess.start(folder.resolve("skep"), "Ana Sofia", Map.of())) {
      skep.must("post", "--to", "anybody", "before it was given away");
      assertEquals(2, skep.run("export", exported.toString()).exitCode(), "nobody can be asked");
      skep.must("export", exported.toString(), "--passphrase-file", passphrase.toString());
      assertEquals(
          1,
          skep.run("export", exported.toString(), "--passphrase-file", passphrase.toString())
              .exitCode(),
          "it is not empty");
    }
    Path data = folder.resolve("back");
    SkepProcess.Answer brought = bringBack(exported, data, passphrase);
    assertEquals(0, brought.exitCode(), brought.text());
    assertTrue(brought.text().startsWith("Brought back: "), brought.text());

    try (SkepProcess skep = SkepProcess.start(data, "nobody new", Map.of())) {
      assertTrue(skep.post("before it was given away").isPresent());
      assertEquals(1, skep.run("post", "--to", "anybody", "too early").exitCode());
      assertTrue(skep.must("status").text().contains("put back from a copy"));
      skep.must("resume", "--all-is-here");
      skep.must("post", "--to", "anybody", "here again");
    }
  }
}
