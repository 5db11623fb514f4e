package org.skep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.skep.engine.Engine;
import org.skep.engine.EntriesReader;
import org.skep.kernel.Bytes;
import org.skep.kernel.Inbox;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/**
 * The calls by which logs go out and in as they are, for whoever carries them in files. What comes
 * in is offered like everything foreign: it must be sound, and somebody at home here must want it.
 */
final class EntryCalls {
  /** The one network whose logs are carried so; of one's own log much is private. */
  private static final NetworkId SCUTTLEBUTT = new NetworkId("ssb");

  private static final String LINES = "application/x-ndjson";
  private static final int OFFERED_MAX = 1_000;
  private static final int OFFERED_BYTES_MAX = 1 << 20;

  /** How the road is called by which they came. */
  private static final Origin A_FILE = new Origin("a file", Lane.BULK);

  private final EntriesReader entries;
  private final Inbox inbox;
  private final Bringing bringing;

  EntryCalls(Engine engine, Bringing bringing) {
    this.entries = engine.entries();
    this.inbox = engine.inbox();
    this.bringing = bringing;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/skep/v1/logs", this::logs);
    endpoints.get("/api/skep/v1/entries", this::entries);
    endpoints.lines("/api/skep/v1/entries", OFFERED_BYTES_MAX, this::offer);
  }

  private static NetworkId network(Call call) {
    String name = call.parameters().required("network");
    if (!name.equals(SCUTTLEBUTT.name())) {
      throw new HttpProblem(422, "Only the logs of ssb go out and in like this.");
    }
    return SCUTTLEBUTT;
  }

  /** A log of which something is here. */
  private record LogShape(String author, long end) {}

  private HttpAnswer logs(Call call) {
    return Json.ok(
        entries.logs(call.account(), network(call)).stream()
            .map(log -> new LogShape(log.author().id(), log.end()))
            .toList());
  }

  /** An entry, its bytes as text. */
  private record EntryShape(long sequence, String id, String text) {}

  private HttpAnswer entries(Call call) {
    Ref author = new Ref(network(call), call.parameters().required("author"));
    long after = call.parameters().number("after").orElse(0L);
    return Json.ok(
        entries.after(call.account(), author, after).stream()
            .map(entry -> new EntryShape(entry.sequence(), entry.id().id(), entry.bytes().utf8()))
            .toList());
  }

  /** What became of one entry, and why where that needs to be said. */
  private record VerdictShape(String verdict, @Nullable String words) {
    static VerdictShape of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Accepted _ -> new VerdictShape("accepted", null);
        case Verdict.Duplicate _ -> new VerdictShape("duplicate", null);
        case Verdict.Unwanted _ -> new VerdictShape("unwanted", null);
        case Verdict.Deferred(String missing) -> new VerdictShape("deferred", missing);
        case Verdict.Rejected(String reason) -> new VerdictShape("rejected", reason);
      };
    }
  }

  private HttpAnswer offer(Call call) {
    call.checkProgram();
    String type = call.request().headers().first("content-type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith(LINES)) {
      throw new HttpProblem(415, "Please send entries, one a line, as " + LINES + ".");
    }
    List<RawItem> items = items(network(call), call.request().body());
    call.parameters()
        .number("done")
        .ifPresent(done ->
            bringing.at(call.account(), done, call.parameters().number("total").orElse(0L)));
    try {
      return Json.ok(
          Map.of("verdicts", inbox.offer(items, A_FILE).stream().map(VerdictShape::of).toList()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Skep is stopping; what was not answered can be sent again.");
    }
  }

  private static List<RawItem> items(NetworkId network, Bytes lines) {
    List<RawItem> items = new ArrayList<>();
    int from = 0;
    while (from < lines.length()) {
      int to = from;
      while (to < lines.length() && lines.get(to) != '\n') {
        to++;
      }
      items.add(new RawItem(network, lines.slice(from, to)));
      from = to + 1;
    }
    if (items.size() > OFFERED_MAX) {
      throw new HttpProblem(413, "At most " + OFFERED_MAX + " entries can be sent at once.");
    }
    return items;
  }
}
