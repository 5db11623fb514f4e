package org.skep.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import tools.jackson.databind.JsonNode;

/**
 * Brings the messages of a file to a node, some at a time, and counts what becomes of them. The
 * node judges; what was brought before is known, so that an import that broke off is begun anew.
 */
final class SsbImport {
  private static final String PATH = "/api/skep/v1/entries?network=ssb";
  private static final int AT_ONCE = 1_000;

  /** A message more still fits what the node takes at once. */
  private static final int AT_ONCE_BYTES = 900 * 1024;

  /** Of so many different reasons it is counted how often each was given. */
  private static final int REASONS_MAX = 20;

  private final NodeClient node;
  private final Way way;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Long> reasons = new LinkedHashMap<>();
  private int waiting;
  private long brought;

  SsbImport(NodeClient node, Way way) {
    this.node = node;
    this.way = way;
  }

  /** How far the file is. */
  interface Way {
    /**
     * How much of it is done, in the unit of {@link #total}.
     *
     * @param messages how many were read
     */
    long done(long messages);

    /** How much there is, 1 or more; 0 where nobody knows. */
    long total();

    /**
     * Hears, now and then, that it is known what became of so many.
     *
     * @param messages how many
     */
    void went(long messages);
  }

  /**
   * What became of the messages of a file.
   *
   * @param takenIn are on disk now, and were not before
   * @param known were here before
   * @param waiting came before those that they follow; kept for a week
   * @param unwanted are of authors whom nobody at home here wants to hear
   * @param refused can't be taken in by anybody, or not here
   * @param reasons why, and how often; the rarest may stand together
   */
  record Tally(
      long takenIn,
      long known,
      long waiting,
      long unwanted,
      long refused,
      Map<String, Long> reasons) {}

  Tally run(MessageFile file) throws IOException, Failure {
    Optional<MessageFile.Item> next = file.next();
    while (next.isPresent()) {
      switch (next.get()) {
        case MessageFile.Refused(String reason) -> {
          refused(reason);
          brought++;
        }
        case MessageFile.Message(ClassicMessage message) -> add(message.text());
      }
      next = file.next();
    }
    bring(true);
    return new Tally(
        count("accepted"),
        count("duplicate"),
        count("deferred"),
        count("unwanted"),
        count("rejected"),
        reasons);
  }

  private long count(String verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  private void add(Bytes text) throws Failure {
    lines.writeBytes(text.toArray());
    lines.write('\n');
    waiting++;
    if (waiting == AT_ONCE || lines.size() > AT_ONCE_BYTES) {
      bring(false);
    }
  }

  private void bring(boolean last) throws Failure {
    if (waiting > 0) {
      long done = way.done(brought + waiting);
      long total = last ? done : way.total();
      JsonNode answer =
          node.postLines(
              PATH + "&done=" + done + "&total=" + total, Bytes.wrap(lines.toByteArray()));
      if (answer.path("verdicts").size() != waiting) {
        throw new Failure(Failure.REFUSED, "The node gave an answer that can't be read.");
      }
      for (JsonNode one : answer.path("verdicts")) {
        String verdict = one.path("verdict").asString();
        if (verdict.equals("rejected")) {
          refused(one.path("words").asString());
        } else {
          counts.merge(verdict, 1L, Long::sum);
        }
      }
      brought += waiting;
      waiting = 0;
      lines.reset();
    }
    way.went(brought);
  }

  private void refused(String reason) {
    counts.merge("rejected", 1L, Long::sum);
    boolean known = reasons.containsKey(reason) || reasons.size() < REASONS_MAX;
    reasons.merge(known ? reason : "other reasons", 1L, Long::sum);
  }
}
