package org.skep.networks.scuttlebutt.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Side;
import org.skep.networks.scuttlebutt.boxstream.BoxInputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxOutputStream;

/** Whole sessions of two unmodified programs, byte for byte: handshake, then box stream. */
class TranscriptTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private static Hello hello(Transcript recorded, Side side) {
    return Hello.of(recorded.networkKey(), recorded.ephemeralSecret(side));
  }

  private static ByteArrayInputStream wire(Transcript recorded, Side from) {
    return new ByteArrayInputStream(recorded.wire(from).toArray());
  }

  private void assertSaid(Transcript recorded, Side as) {
    assertEquals(
        recorded.wire(as).slice(0, said.size()).hex(), Bytes.wrap(said.toByteArray()).hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ebt", "history"})
  void theClientsSideIsPlayedAgain(String name) throws Exception {
    Transcript recorded = Transcript.load(name);
    ByteArrayInputStream heard = wire(recorded, Side.SERVER);
    SessionKeys keys =
        Handshake.client(
                heard,
                said,
                recorded.networkKey(),
                new SeedIdentity(recorded.seed(Side.CLIENT)),
                new SeedIdentity(recorded.seed(Side.SERVER)).publicKey(),
                hello(recorded, Side.CLIENT))
            .keys();
    assertEquals(64 + 112, said.size());
    seal(keys, recorded.boxes(Side.CLIENT));
    assertSaid(recorded, Side.CLIENT);
    assertOpens(keys, heard, recorded.boxes(Side.SERVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ebt", "history"})
  void theServersSideIsPlayedAgain(String name) throws Exception {
    Transcript recorded = Transcript.load(name);
    ByteArrayInputStream heard = wire(recorded, Side.CLIENT);
    SessionKeys keys =
        Handshake.server(
                heard,
                said,
                recorded.networkKey(),
                List.of(SeedIdentity.numbered(1), new SeedIdentity(recorded.seed(Side.SERVER))),
                (_, _) -> true,
                hello(recorded, Side.SERVER))
            .keys();
    assertEquals(64 + 80, said.size());
    seal(keys, recorded.boxes(Side.SERVER));
    assertSaid(recorded, Side.SERVER);
    assertOpens(keys, heard, recorded.boxes(Side.CLIENT));
  }

  private void seal(SessionKeys keys, List<Bytes> boxes) throws IOException {
    BoxOutputStream sealed = new BoxOutputStream(said, keys.sendKey(), keys.sendNonce());
    for (Bytes box : boxes) {
      sealed.write(box.toArray());
    }
  }

  /** The recording stops in the middle of the conversation, so only what was said is read. */
  private static void assertOpens(SessionKeys keys, ByteArrayInputStream heard, List<Bytes> boxes)
      throws IOException {
    BoxInputStream opened = new BoxInputStream(heard, keys.receiveKey(), keys.receiveNonce());
    for (Bytes box : boxes) {
      assertEquals(box.hex(), Bytes.wrap(opened.readNBytes(box.length())).hex());
    }
  }
}
