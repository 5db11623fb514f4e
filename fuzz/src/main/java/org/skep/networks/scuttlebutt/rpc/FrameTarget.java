package org.skep.networks.scuttlebutt.rpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.doors.SystemClock;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Side;

/** Packets: the same however the line cuts them, and written as they came. */
public final class FrameTarget implements Target {
  private static final int BODY_BYTES_MAX = 1 << 14;

  @Override
  public String name() {
    return "frames";
  }

  @Override
  public List<Bytes> seeds() {
    List<Bytes> seeds = new ArrayList<>();
    for (Transcript session : Recordings.sessions()) {
      for (Side side : Side.values()) {
        Bytes said = Bytes.concat(session.boxes(side).toArray(new Bytes[0]));
        seeds.add(said.slice(0, Math.min(said.length(), lengthBytesMax())));
      }
    }
    seeds.add(Bytes.wrap(new byte[Frame.HEADER_BYTES]));
    seeds.add(Bytes.ofHex("0affffffff00000001"));
    seeds.add(Bytes.ofHex("f00000000080000000"));
    return seeds;
  }

  /** How a line ended. */
  private enum End {
    GOODBYE,
    REFUSED
  }

  private record Heard(List<Frame> frames, End end) {}

  @Override
  public void read(Bytes input) {
    Heard whole = hear(new ByteArrayInputStream(input.toArray()));
    Must.equal(whole, hear(new Trickle(input)), "a line may cut packets anywhere");
    Bytes written = written(whole.frames());
    Must.equal(input.slice(0, written.length()), written, "packets are written as they came");
  }

  private static Heard hear(InputStream line) {
    FrameInput in = new FrameInput(line, BODY_BYTES_MAX, new PacketDeadline(new SystemClock()));
    List<Frame> frames = new ArrayList<>();
    try {
      Optional<Frame> frame = in.read();
      while (frame.isPresent()) {
        frames.add(frame.get());
        frame = in.read();
      }
      return new Heard(frames, End.GOODBYE);
    } catch (PeerException refused) {
      return new Heard(frames, End.REFUSED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes written(List<Frame> frames) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    FrameOutput out = new FrameOutput(line);
    try {
      for (Frame frame : frames) {
        out.write(frame);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(line.toByteArray());
  }

  /** Gives at most so many bytes at a time as its first byte says, one to eight. */
  private static final class Trickle extends FilterInputStream {
    private final int most;

    Trickle(Bytes line) {
      super(new ByteArrayInputStream(line.toArray()));
      this.most = line.length() == 0 ? 1 : 1 + (line.get(0) & 7);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, most));
    }
  }
}
