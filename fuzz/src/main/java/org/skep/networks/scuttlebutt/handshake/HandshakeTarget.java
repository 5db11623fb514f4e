package org.skep.networks.scuttlebutt.handshake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Side;

/**
 * The recorded handshake, played by us against what the input says in the other's place: nobody but
 * the recorded peer gets through. The first byte of the input says which side we are.
 */
public final class HandshakeTarget implements Target {
  private static final int CLIENT_BYTES = Handshake.HELLO_BYTES + Handshake.CLIENT_PROOF_BYTES;
  private static final int SERVER_BYTES = Handshake.HELLO_BYTES + Handshake.SERVER_PROOF_BYTES;

  private final Transcript session = Recordings.sessions().getFirst();

  @Override
  public String name() {
    return "handshake";
  }

  @Override
  public List<Bytes> seeds() {
    List<Bytes> seeds = new ArrayList<>();
    for (Side ours : Side.values()) {
      Bytes prefix = Bytes.wrap(new byte[] {(byte) (ours == Side.SERVER ? 1 : 0)});
      seeds.add(Bytes.concat(prefix, recorded(other(ours))));
      seeds.add(Bytes.concat(prefix, recorded(ours)));
      seeds.add(Bytes.concat(prefix, recorded(other(ours)).slice(0, Handshake.HELLO_BYTES)));
      seeds.add(Bytes.concat(prefix, Bytes.wrap(new byte[CLIENT_BYTES])));
    }
    return seeds;
  }

  @Override
  public int lengthBytesMax() {
    return 256;
  }

  @Override
  public void read(Bytes input) {
    if (input.length() == 0) {
      return;
    }
    Side ours = (input.get(0) & 1) == 1 ? Side.SERVER : Side.CLIENT;
    Bytes said = input.slice(1, input.length());
    Bytes honest = recorded(other(ours));
    boolean proven = plays(ours, said);
    boolean isTheirs =
        said.length() >= honest.length() && said.slice(0, honest.length()).equals(honest);
    Must.equal(isTheirs, proven, "who was recorded gets through, and nobody else");
  }

  private boolean plays(Side ours, Bytes said) {
    ByteArrayInputStream in = new ByteArrayInputStream(said.toArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SeedIdentity identity = new SeedIdentity(session.seed(ours));
    Hello hello = Hello.of(session.networkKey(), session.ephemeralSecret(ours));
    try {
      switch (ours) {
        case CLIENT ->
            Handshake.client(
                in,
                out,
                session.networkKey(),
                identity,
                new SeedIdentity(session.seed(Side.SERVER)).publicKey(),
                hello);
        case SERVER ->
            Handshake.server(
                in, out, session.networkKey(), List.of(identity), (_, _) -> true, hello);
      }
      return true;
    } catch (HandshakeException refused) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Bytes recorded(Side side) {
    return session.wire(side).slice(0, side == Side.CLIENT ? CLIENT_BYTES : SERVER_BYTES);
  }

  private static Side other(Side side) {
    return side == Side.CLIENT ? Side.SERVER : Side.CLIENT;
  }
}
