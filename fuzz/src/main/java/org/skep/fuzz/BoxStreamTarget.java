package org.skep.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Side;
import org.skep.networks.scuttlebutt.boxstream.BoxInputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxOutputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxStreamException;

/**
 * The box stream with keys that are known: whatever is done to the line, what comes out is what was
 * said, up to where it was touched. Of the input the first byte says what is done and the next two
 * where; the rest is what is said.
 */
final class BoxStreamTarget implements Target {
  private static final Bytes KEY = Bytes.ofHex("2a".repeat(32));
  private static final Bytes NONCE = Bytes.ofHex("ff".repeat(24));
  private static final int HEAD_BYTES = 3;

  /** What becomes of the sealed line. */
  private enum Harm {
    NONE,
    BIT_CHANGED,
    CUT,
    MORE_BEHIND,
    NEVER_SEALED
  }

  @Override
  public String name() {
    return "boxstream";
  }

  @Override
  public List<Bytes> seeds() {
    List<Bytes> seeds = new ArrayList<>();
    for (Transcript session : Recordings.sessions()) {
      Bytes said = session.boxes(Side.CLIENT).getLast();
      for (int harm = 0; harm < Harm.values().length; harm++) {
        seeds.add(Bytes.concat(Bytes.wrap(new byte[] {(byte) harm, 0, 70}), said));
      }
      seeds.add(Bytes.concat(Bytes.ofHex("040000"), session.wire(Side.CLIENT).slice(176, 1000)));
    }
    return seeds;
  }

  @Override
  public int lengthBytesMax() {
    return 3 * BoxInputStream.BODY_BYTES_MAX;
  }

  @Override
  public void read(Bytes input) {
    if (input.length() < HEAD_BYTES) {
      return;
    }
    Harm harm = Harm.values()[(input.get(0) & 0xff) % Harm.values().length];
    Bytes said = input.slice(HEAD_BYTES, input.length());
    byte[] sealed = sealed(said).toArray();
    int at = ((input.get(1) & 0xff) << 8 | (input.get(2) & 0xff)) % sealed.length;
    byte[] line =
        switch (harm) {
          case NONE -> sealed;
          case BIT_CHANGED -> {
            sealed[at] ^= (byte) (1 << (at & 7));
            yield sealed;
          }
          case CUT -> Bytes.copyOf(sealed, 0, at).toArray();
          case MORE_BEHIND -> Bytes.concat(Bytes.wrap(sealed), said).toArray();
          case NEVER_SEALED -> said.toArray();
        };
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    boolean goodbye = listen(line, heard);
    boolean whole = harm == Harm.NONE || harm == Harm.MORE_BEHIND;
    Must.equal(whole, goodbye, "the end is a goodbye only where one was said");
    Bytes opened = Bytes.wrap(heard.toByteArray());
    Bytes expected = harm == Harm.NEVER_SEALED ? Bytes.EMPTY : said;
    Must.hold(opened.length() <= expected.length(), "nothing is heard that was not said");
    Must.equal(expected.slice(0, opened.length()), opened, "what is heard was said");
    Must.hold(!whole || opened.length() == said.length(), "all of it is heard");
  }

  /** Whether it ended with a goodbye. */
  private static boolean listen(byte[] line, ByteArrayOutputStream heard) {
    try (BoxInputStream in = new BoxInputStream(new ByteArrayInputStream(line), KEY, NONCE)) {
      in.transferTo(heard);
      return true;
    } catch (BoxStreamException broken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes sealed(Bytes said) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (BoxOutputStream out = new BoxOutputStream(line, KEY, NONCE)) {
      out.write(said.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(line.toByteArray());
  }
}
