package org.skep.networks.scuttlebutt.replication;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * The argument of {@code createHistoryStream}.
 *
 * @param feed whose entries
 * @param sequence the first entry wanted; 0 and 1 mean all
 * @param limit at most so many entries
 * @param live whether to go on with entries that come later
 * @param old whether to send those that are there already
 * @param keys whether each entry's id is sent
 * @param values whether each entry's text is sent
 */
record HistoryRequest(
    FeedId feed,
    long sequence,
    long limit,
    boolean live,
    boolean old,
    boolean keys,
    boolean values) {

  static HistoryRequest parse(JsObject options) throws RpcException {
    FeedId feed =
        options
            .string("id")
            .flatMap(FeedId::ofSigil)
            .orElseThrow(() -> new RpcException("id is not a feed"));
    Optional<Long> sequence = number(options, "sequence");
    Optional<Long> seq = number(options, "seq");
    if (sequence.isPresent() && seq.isPresent() && !sequence.equals(seq)) {
      throw new RpcException("sequence and seq say different things");
    }
    return new HistoryRequest(
        feed,
        sequence.or(() -> seq).orElse(0L),
        // Flume databases write "no limit" as -1.
        number(options, "limit").filter(limit -> limit >= 0).orElse(Long.MAX_VALUE),
        flag(options, "live", false),
        flag(options, "old", true),
        flag(options, "keys", true),
        flag(options, "values", true));
  }

  /** What we ask: bare messages from the one after {@code head} on, and then whatever comes. */
  static JsObject from(FeedId feed, long head, boolean live) {
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    members.put("id", new JsString(feed.toString()));
    members.put("sequence", new JsNumber(head + 1));
    members.put("live", new JsBool(live));
    members.put("keys", new JsBool(false));
    return new JsObject(members);
  }

  private static Optional<Long> number(JsObject options, String key) throws RpcException {
    return switch (options.get(key).orElse(null)) {
      case JsNumber(double value) when value == Math.rint(value) -> Optional.of((long) value);
      case JsNumber _ -> throw new RpcException(key + " is not a whole number");
      case null, default -> Optional.empty();
    };
  }

  private static boolean flag(JsObject options, String key, boolean otherwise) {
    return options.get(key).orElse(null) instanceof JsBool(boolean value) ? value : otherwise;
  }
}
