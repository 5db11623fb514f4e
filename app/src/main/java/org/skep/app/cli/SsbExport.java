package org.skep.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.logfile.OneLine;
import org.skep.networks.scuttlebutt.message.FeedId;
import tools.jackson.databind.JsonNode;

/**
 * Writes the feeds that an account may have to a file, a message a line, each feed in its order;
 * each as far as it goes when the export begins.
 */
final class SsbExport {
  private static final String LOGS = "/api/skep/v1/logs?network=ssb";
  private static final String ENTRIES = "/api/skep/v1/entries?network=ssb&author=";

  private final NodeClient node;
  private final OutputStream out;
  private final Step step;
  private final List<String> cutShort = new ArrayList<>();
  private long messages;
  private long total;

  /** Hears how far it is. */
  @FunctionalInterface
  interface Step {
    void at(long messages, long total);
  }

  SsbExport(NodeClient node, OutputStream out, Step step) {
    this.node = node;
    this.out = out;
    this.step = step;
  }

  /**
   * What was written.
   *
   * @param cutShort sentences about feeds of which it is less than there was at the beginning
   */
  record Done(long messages, List<String> cutShort) {}

  /**
   * @param only this feed; all of them when empty
   */
  Done run(Optional<FeedId> only) throws IOException, Failure {
    Map<String, Long> ends = new LinkedHashMap<>();
    for (JsonNode log : node.get(LOGS)) {
      String author = log.path("author").asString();
      if (only.isEmpty() || only.get().toString().equals(author)) {
        ends.put(author, log.path("end").asLong());
      }
    }
    if (only.isPresent() && ends.isEmpty()) {
      throw new Failure(Failure.REFUSED, "Nothing of this feed is here for you: " + only.get());
    }
    total = ends.values().stream().mapToLong(Long::longValue).sum();
    for (Map.Entry<String, Long> log : ends.entrySet()) {
      write(log.getKey(), log.getValue());
    }
    out.flush();
    return new Done(messages, List.copyOf(cutShort));
  }

  private void write(String author, long end) throws IOException, Failure {
    long at = 0;
    while (at < end) {
      JsonNode entries = node.get(ENTRIES + NodeClient.quote(author) + "&after=" + at);
      if (entries.isEmpty()) {
        // Let go of meanwhile, no longer for this account, or damaged from here on.
        cutShort.add(
            "Of " + author + " only the first " + at + " of " + end + " messages could be read.");
        return;
      }
      for (JsonNode entry : entries) {
        at = entry.path("sequence").asLong();
        if (at > end) {
          return;
        }
        out.write(OneLine.of(Bytes.ofUtf8(entry.path("text").asString())).toArray());
        out.write('\n');
        messages++;
      }
      step.at(messages, total);
    }
  }
}
