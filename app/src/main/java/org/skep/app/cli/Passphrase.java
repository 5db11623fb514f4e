package org.skep.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that seal what is private: typed without being shown, or in a file, never a flag. */
final class Passphrase {
  static final int CHARS_MIN = 8;

  private static final int FILE_BYTES_MAX = 4_096;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "a file whose first line is the passphrase (default: it is asked for)")
  @Nullable Path file;

  /** Chooses one for what is sealed now; typed twice, because nobody can look it up. */
  String choose() throws Failure {
    String chosen = file == null ? typed("A passphrase for the private part: ") : inFile(file);
    if (chosen.length() < CHARS_MIN) {
      throw new Failure(
          Failure.REFUSED,
          "A passphrase has at least " + CHARS_MIN + " characters; five words are good.");
    }
    if (file == null && !chosen.equals(typed("Once more: "))) {
      throw new Failure(Failure.REFUSED, "These were two different passphrases.");
    }
    return chosen;
  }

  /** The one that was chosen before. */
  String recall() throws Failure {
    return file == null ? typed("The passphrase of the private part: ") : inFile(file);
  }

  private static String typed(String question) throws Failure {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
        .map(String::new)
        .orElseThrow(() ->
            new Failure(
                Failure.USAGE,
                "There is no terminal to type a passphrase: name a file, --passphrase-file FILE"));
  }

  private static String inFile(Path file) throws Failure {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new Failure(Failure.REFUSED, file + " is too long for a passphrase.");
      }
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (CharacterCodingException e) {
      throw new Failure(Failure.REFUSED, file + " is no text in UTF-8.");
    } catch (IOException e) {
      throw new Failure(Failure.REFUSED, file + " can't be read.");
    }
  }
}
