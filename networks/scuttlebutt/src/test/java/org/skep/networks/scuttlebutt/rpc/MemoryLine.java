package org.skep.networks.scuttlebutt.rpc;

import java.io.InputStream;
import java.io.OutputStream;
import org.skep.networks.scuttlebutt.Pipe;

/** One end of a line in memory. */
public record MemoryLine(Pipe in, Pipe out) implements RpcLine {
  static final int ROOM_BYTES = 4096;

  /** A line's two ends. */
  public record Pair(MemoryLine here, MemoryLine there) {
    public static Pair make() {
      Pipe one = new Pipe(ROOM_BYTES);
      Pipe other = new Pipe(ROOM_BYTES);
      return new Pair(new MemoryLine(one, other), new MemoryLine(other, one));
    }
  }

  @Override
  public InputStream input() {
    return in.input();
  }

  @Override
  public OutputStream output() {
    return out.output();
  }

  @Override
  public void goodbye() {
    out.end();
  }

  /** As a socket does: what was written before still arrives. */
  @Override
  public void hangUp() {
    in.cut();
    out.end();
  }

  /** The cable is pulled: both ends fail. */
  public void breakOff() {
    // First what the other end reads, so that it can't hear this end's goodbye instead.
    out.cut();
    in.cut();
  }
}
