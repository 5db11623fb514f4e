package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.skep.doors.SystemClock;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerException;

class FramePropertiesTest {
  private static final int BODY_BYTES_MAX = 64;

  @Provide
  Arbitrary<Frame> frames() {
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(-Integer.MAX_VALUE),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(BodyType.values()),
            Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(BODY_BYTES_MAX))
        .as((request, stream, end, type, body) ->
            new Frame(request, stream, end, type, Bytes.copyOf(body)));
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAgain(@ForAll @Size(max = 5) List<@From("frames") Frame> frames)
      throws IOException, PeerException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameOutput output = new FrameOutput(out);
    for (Frame frame : frames) {
      output.write(frame);
    }
    output.goodbye();
    FrameInput input = input(out.toByteArray());
    for (Frame frame : frames) {
      assertEquals(Optional.of(frame), input.read());
    }
    assertEquals(Optional.empty(), input.read());
  }

  @Property(tries = 500)
  void whateverComesIsReadOrRefused(@ForAll @Size(max = 100) byte[] bytes) throws IOException {
    FrameInput input = input(bytes);
    try {
      Optional<Frame> frame = input.read();
      while (frame.isPresent()) {
        assertTrue(frame.get().body().length() <= BODY_BYTES_MAX);
        RpcItem item = new RpcItem(frame.get().type(), frame.get().body());
        parse(item);
        frame = input.read();
      }
    } catch (PeerException e) {
      assertTrue(!String.valueOf(e.getMessage()).isEmpty());
    }
  }

  private static void parse(RpcItem item) {
    try {
      RpcRequest.parse(item);
    } catch (RpcException e) {
      assertTrue(!String.valueOf(e.getMessage()).isEmpty());
    }
  }

  private static FrameInput input(byte[] bytes) {
    return new FrameInput(
        new ByteArrayInputStream(bytes), BODY_BYTES_MAX, new PacketDeadline(new SystemClock()));
  }
}
