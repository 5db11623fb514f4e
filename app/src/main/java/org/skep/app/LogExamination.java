package org.skep.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.skep.kernel.StoreException;
import org.skep.kernel.Texts;

/** Whether a part of the program failed lately: what the log's end says of it. */
final class LogExamination implements Examination {
  static final Duration LATELY = Duration.ofDays(1);
  private static final int END_BYTES_MAX = 256 << 10;
  private static final int WORDS_CHARS_MAX = 200;

  /** As {@link Logging} has it: time, level, logger, words. */
  private static final Pattern RECORD =
      Pattern.compile(
          "(?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (?<level>\\S+) \\S+: (?<words>.*)");

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Path file;
  private final Clock clock;

  LogExamination(Path folder, Clock clock) {
    this.file = folder.resolve(LogFile.NAME);
    this.clock = clock;
  }

  @Override
  public List<Finding> look() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return end()
          .lines()
          .flatMap(line -> failure(line).stream())
          .reduce((_, later) -> later)
          .stream()
          .toList();
    } catch (IOException e) {
      throw new StoreException("the log " + file + " can't be read (" + e.getMessage() + ")", e);
    }
  }

  private String end() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(log.length(), END_BYTES_MAX);
      log.seek(log.length() - length);
      byte[] end = new byte[length];
      log.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    }
  }

  private Optional<Finding> failure(String line) {
    Matcher record = RECORD.matcher(line);
    if (!record.matches() || !isSevere(record.group("level"))) {
      return Optional.empty();
    }
    return millis(record.group("time"))
        .filter(at -> Math.abs(clock.wallMillis() - at) <= LATELY.toMillis())
        .map(_ ->
            new Finding.Wrong(
                ("At %s something failed: %s. Stop Skep and start it again; if"
                        + " it comes again, send the end of %s to whoever helps you.")
                    .formatted(record.group("time"), words(record.group("words")), file)));
  }

  /** The log's words for it depend on the language of the machine. */
  private static boolean isSevere(String level) {
    return level.equals(Level.SEVERE.getName()) || level.equals(Level.SEVERE.getLocalizedName());
  }

  private static Optional<Long> millis(String time) {
    try {
      return Optional.of(
          LocalDateTime.parse(time, TIME)
              .atZone(ZoneId.systemDefault())
              .toInstant()
              .toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String words(String words) {
    String plain = Texts.withinALine(words);
    return plain.substring(0, Math.min(plain.length(), WORDS_CHARS_MAX));
  }
}
