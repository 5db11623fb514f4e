package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/**
 * EBT's notes, the arguments of {@code createHistoryStream}, and what is kept of a peer's clock.
 */
public final class NotesTarget implements Target {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 64);

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public List<Bytes> seeds() {
    List<Bytes> seeds = new ArrayList<>(Recordings.bodies());
    String feed = "@" + "A".repeat(43) + "=.ed25519";
    for (String number :
        List.of(
            "-1", "0", "1", "2147483647", "2147483648", "1e300", "1e999", "-0", "1.5", "null")) {
      seeds.add(Bytes.ofUtf8("{\"%s\":%s}".formatted(feed, number)));
      seeds.add(
          Bytes.ofUtf8(
              "{\"id\":\"%s\",\"seq\":%s,\"limit\":%s,\"live\":true}"
                  .formatted(feed, number, number)));
    }
    FeedId id = FeedId.ofSigil(feed).orElseThrow();
    seeds.add(new PeerClock(1, Map.of(id, 7L)).encode());
    return seeds;
  }

  @Override
  public void read(Bytes input) {
    PeerClock.decode(input)
        .ifPresent(clock ->
            Must.equal(
                Optional.of(clock),
                PeerClock.decode(clock.encode()),
                "a clock is read as written"));
    Utf8.decode(input).flatMap(NotesTarget::parsed).ifPresent(NotesTarget::readObject);
  }

  private static void readObject(JsObject object) {
    Map<FeedId, Note> notes = Notes.parse(object);
    Map<FeedId, Note> again = new LinkedHashMap<>();
    Notes.packets(notes).forEach(packet -> again.putAll(Notes.parse(packet)));
    Must.equal(notes, again, "notes are read as they are written");
    try {
      HistoryRequest request = HistoryRequest.parse(object);
      Must.hold(request.limit() >= 0, "a limit is a limit");
    } catch (RpcException refused) {
      Must.hold(refused.getMessage() != null, "a refusal has a reason");
    }
  }

  /** The object, or the first argument where it is a request. */
  private static Optional<JsObject> parsed(String text) {
    try {
      return JsonParser.parse(text, LIMITS) instanceof JsObject object
          ? Optional.of(
              object.get("args").orElse(object) instanceof JsArray(var arguments)
                      && !arguments.isEmpty()
                      && arguments.getFirst() instanceof JsObject options
                  ? options
                  : object)
          : Optional.empty();
    } catch (JsonException refused) {
      return Optional.empty();
    }
  }
}
