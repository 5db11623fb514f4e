package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

class NoteTest {
  private static final FeedId ANA = MemoryReplica.feed(SeedIdentity.numbered(1));
  private static final FeedId BEN = MemoryReplica.feed(SeedIdentity.numbered(2));

  /** Values of {@code v3.js} in epidemic-broadcast-trees 9.0.2. */
  @ParameterizedTest
  @CsvSource({
    "-1, false, -1",
    "0, true, 0",
    "0, false, 1",
    "1, true, 2",
    "1, false, 3",
    "450, true, 900",
    "1073741823, false, 2147483647"
  })
  void aNoteIsASequenceNumberShiftedByItsBit(long sequence, boolean receive, long encoded) {
    assertEquals(encoded, new Note(sequence, receive).encoded());
    assertEquals(new Note(sequence, receive), Note.decode((double) encoded));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2, 0.5, 2147483648.0, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoNoteMeansThatTheFeedIsNotWanted(double encoded) {
    assertEquals(Note.NONE, Note.decode(encoded));
  }

  @Test
  void aSequenceBeyondTheShiftCantBeSaid() {
    assertThrows(IllegalArgumentException.class, () -> new Note(Note.SEQUENCE_MAX + 1, true));
  }

  @Test
  void onlyClassicFeedsAreRead() {
    JsObject notes =
        JsObject.EMPTY
            .with(ANA.toString(), new JsNumber(6))
            .with("ssb:feed/bendybutt-v1/xyz", new JsNumber(2))
            .with("%notAFeed.sha256", new JsNumber(2))
            .with(BEN.toString(), new JsString("2"));
    assertEquals(Map.of(ANA, new Note(3, true), BEN, Note.NONE), Notes.parse(notes));
  }

  @Test
  void notesMayStandOneLevelDown() {
    JsObject notes =
        JsObject.EMPTY
            .with("clock", JsObject.EMPTY.with(ANA.toString(), new JsNumber(3)))
            .with("later", new JsBool(true));
    assertEquals(Map.of(ANA, new Note(1, false)), Notes.parse(notes));
    assertEquals(Map.of(), Notes.parse(JsObject.EMPTY.with("clock", new JsArray(List.of()))));
  }

  @Test
  void manyNotesTravelInSeveralPackets() {
    Map<FeedId, Note> notes = new LinkedHashMap<>();
    for (int i = 0; i < 2 * Notes.PER_PACKET_MAX + 1; i++) {
      notes.put(MemoryReplica.feed(SeedIdentity.numbered(i)), new Note(i, true));
    }
    List<JsObject> packets = Notes.packets(notes);
    assertEquals(3, packets.size());
    Map<FeedId, Note> together = new LinkedHashMap<>();
    packets.forEach(packet -> together.putAll(Notes.parse(packet)));
    assertEquals(notes, together);
  }

  @Test
  void noNotesAreOneEmptyPacket() {
    List<JsObject> packets = Notes.packets(Map.of());
    assertEquals(List.<JsValue>of(JsObject.EMPTY), packets);
  }
}
