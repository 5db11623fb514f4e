package org.skep.networks.home.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.skep.kernel.Bytes;

/** The values p2panda-core's own tests expect; see {@code p2panda/README.md} beside them. */
final class P2pandaVectors {
  /**
   * @param accepted whether the test expects success
   */
  record Line(String name, boolean accepted, List<Bytes> values) {}

  private P2pandaVectors() {}

  static List<Line> named(String... names) {
    try (InputStream in =
        Objects.requireNonNull(P2pandaVectors.class.getResourceAsStream("/p2panda/vectors.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ", -1)))
          .filter(words -> List.of(names).contains(words.get(0)))
          .map(words ->
              new Line(
                  words.get(0),
                  words.get(1).equals("ok"),
                  words.stream().skip(2).map(Bytes::ofHex).toList()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
