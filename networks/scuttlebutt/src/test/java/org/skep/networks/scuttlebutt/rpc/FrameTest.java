package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.doors.SystemClock;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Recorded;

class FrameTest {
  private static final int BODY_BYTES_MAX = 1000;

  /** The same packets as in {@code record.js}. */
  private static final List<Frame> PACKETS =
      List.of(
          json(1, false, false, "{\"name\":[\"whoami\"],\"args\":[]}"),
          json(-1, false, false, "{\"id\":\"é\"}"),
          json(-2, false, true, "{\"message\":\"no\",\"name\":\"Error\"}"),
          json(2147483647, true, false, "[1,2]"),
          new Frame(-3, true, false, BodyType.TEXT, Bytes.ofUtf8("text ✓")),
          new Frame(-4, true, false, BodyType.BINARY, Bytes.ofHex("00ff")),
          json(-4, true, true, "true"));

  private static Frame json(int request, boolean stream, boolean end, String text) {
    return new Frame(request, stream, end, BodyType.JSON, Bytes.ofUtf8(text));
  }

  private static FrameInput input(String hex) {
    return input(Bytes.ofHex(hex).toArray(), BODY_BYTES_MAX);
  }

  private static FrameInput input(byte[] wire, int bodyBytesMax) {
    return new FrameInput(
        new ByteArrayInputStream(wire), bodyBytesMax, new PacketDeadline(new SystemClock()));
  }

  @Test
  void weWriteWhatTheRealProgramWrites() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameOutput output = new FrameOutput(out);
    for (Frame packet : PACKETS) {
      output.write(packet);
    }
    output.goodbye();
    assertEquals(Recorded.text("packets"), Bytes.wrap(out.toByteArray()).hex());
  }

  @Test
  void weReadWhatTheRealProgramWrites() throws Exception {
    FrameInput input = input(Recorded.text("packets"));
    for (Frame packet : PACKETS) {
      assertEquals(Optional.of(packet), input.read());
    }
    assertEquals(Optional.empty(), input.read(), "goodbye");
  }

  @Test
  void theEndOfTheStreamIsAGoodbyeToo() throws Exception {
    assertEquals(Optional.empty(), input("").read());
  }

  @Test
  void aPacketThatBreaksOffIsRefused() {
    String whole = "02" + "00000004" + "00000001" + "74727565";
    for (int length = 1; length < whole.length() / 2; length++) {
      FrameInput input = input(whole.substring(0, 2 * length));
      assertThrows(PeerException.class, input::read, "after " + length + " bytes");
    }
  }

  @Test
  void aLengthBeyondTheBoundIsRefusedBeforeTheBodyComes() {
    FrameInput input = input("02ffffffff00000001");
    PeerException refused = assertThrows(PeerException.class, input::read);
    assertEquals("a packet is longer than 1000 bytes", refused.getMessage());
  }

  @Test
  void aLengthAloneCostsNoMemory() {
    byte[] twoGibibytes = Bytes.ofHex("027fffffff00000001").toArray();
    FrameInput input = input(twoGibibytes, Integer.MAX_VALUE);
    PeerException refused = assertThrows(PeerException.class, input::read);
    assertEquals("a packet broke off", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "12", "22", "42", "82"})
  void flagsThatTheProtocolDoesNotKnowAreRefused(String flags) {
    FrameInput input = input(flags + "000000010000000174");
    assertThrows(PeerException.class, input::read);
  }

  @Test
  void aNumberThatCannotBeAnsweredIsRefused() {
    FrameInput input = input("02000000018000000031");
    assertThrows(PeerException.class, input::read);
  }
}
