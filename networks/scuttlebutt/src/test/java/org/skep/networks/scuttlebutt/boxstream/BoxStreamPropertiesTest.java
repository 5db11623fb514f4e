package org.skep.networks.scuttlebutt.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.skep.kernel.Bytes;

class BoxStreamPropertiesTest {
  @Property(tries = 100)
  void howeverTheBytesAreCutTheyArriveTheSame(
      @ForAll @Size(max = 5) List<@IntRange(max = 9000) Integer> lengths,
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(24) byte[] nonce)
      throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    BoxOutputStream boxes = new BoxOutputStream(sealed, Bytes.copyOf(key), Bytes.copyOf(nonce));
    for (int length : lengths) {
      byte[] piece = new byte[length];
      for (int at = 0; at < length; at++) {
        piece[at] = (byte) (at + length);
      }
      boxes.write(piece);
      plain.write(piece);
    }
    boxes.close();
    BoxInputStream opened =
        new BoxInputStream(
            new ByteArrayInputStream(sealed.toByteArray()), Bytes.copyOf(key), Bytes.copyOf(nonce));
    assertArrayEquals(plain.toByteArray(), opened.readAllBytes());
  }
}
