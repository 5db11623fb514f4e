package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;

/** Several notes, as EBT sends them: an object from feed to number. */
final class Notes {
  /** How many notes we put in one packet: some 62 KB. */
  static final int PER_PACKET_MAX = 1000;

  private Notes() {}

  /**
   * Reads notes. Keys that are not classic feeds are left out: old programs send some by mistake,
   * and newer formats have streams of their own.
   */
  static Map<FeedId, Note> parse(JsObject object) {
    // Room for later additions: the notes may stand one level down.
    JsObject notes = object.get("clock").orElse(object) instanceof JsObject inner ? inner : object;
    Map<FeedId, Note> parsed = new LinkedHashMap<>();
    for (Map.Entry<String, JsValue> member : notes.members().entrySet()) {
      double value = member.getValue() instanceof JsNumber(double number) ? number : -1;
      FeedId.ofSigil(member.getKey()).ifPresent(feed -> parsed.put(feed, Note.decode(value)));
    }
    return parsed;
  }

  /** The packets that say all of these; one empty object when there are none. */
  static List<JsObject> packets(Map<FeedId, Note> notes) {
    List<JsObject> packets = new ArrayList<>();
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    for (Map.Entry<FeedId, Note> note : notes.entrySet()) {
      members.put(note.getKey().toString(), new JsNumber(note.getValue().encoded()));
      if (members.size() == PER_PACKET_MAX) {
        packets.add(new JsObject(members));
        members.clear();
      }
    }
    if (!members.isEmpty() || packets.isEmpty()) {
      packets.add(new JsObject(members));
    }
    return packets;
  }
}
