package org.skep.networks.home.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborWriter;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

/** What p2panda-core's own tests expect, we expect. */
class P2pandaVectorsTest {
  @Test
  void hashesAreTheirs() {
    List<P2pandaVectors.Line> lines = P2pandaVectors.named("blake3");
    assertEquals(2, lines.size());
    for (P2pandaVectors.Line line : lines) {
      assertEquals(line.values().get(1), Digests.blake3(line.values().get(0)));
    }
  }

  @Test
  void byteStringsAreTheirs() throws Exception {
    List<P2pandaVectors.Line> lines = P2pandaVectors.named("bytes");
    assertEquals(3, lines.size());
    for (P2pandaVectors.Line line : lines) {
      assertEquals(line.values().get(0), CborWriter.encodedBytes(line.values().get(1)));
      assertEquals(line.values().get(1), new CborReader(line.values().get(0)).bytes(32));
    }
  }

  @Test
  void headersAreReadAndJudgedAsTheirsAre() {
    List<P2pandaVectors.Line> lines = P2pandaVectors.named("header", "fixture");
    assertEquals(9, lines.size());
    for (P2pandaVectors.Line line : lines) {
      Bytes header = line.values().get(0);
      @Nullable Bytes body = line.values().size() > 1 ? line.values().get(1) : null;
      Reading reading = OperationCodec.decode(header, body);
      if (line.accepted()) {
        Operation operation = assertInstanceOf(Reading.Read.class, reading).operation();
        assertEquals(Optional.empty(), OperationValidator.refusal(operation));
        assertEquals(header, OperationCodec.encodeHeader(operation.header()));
      } else {
        assertInstanceOf(Reading.Malformed.class, reading);
      }
    }
  }

  @Test
  void whatWeWriteIsByteForByteWhatTheyWrite() {
    Bytes seed = P2pandaVectors.named("seed").getFirst().values().getFirst();
    PublicKey author = Ed25519.publicKey(seed);
    List<P2pandaVectors.Line> fixtures = P2pandaVectors.named("fixture");

    Operation first = write(seed, author, 0, null, null);
    assertEquals(fixtures.get(0).values().get(0), first.headerBytes());

    Bytes body = fixtures.get(1).values().get(1);
    Operation withBody = write(seed, author, 0, null, body);
    assertEquals(fixtures.get(1).values().get(0), withBody.headerBytes());

    Operation next = write(seed, author, 1, withBody.id(), null);
    assertEquals(fixtures.get(2).values().get(0), next.headerBytes());
    assertTrue(OperationValidator.refusalAfter(withBody, next).isEmpty());
  }

  private static Operation write(
      Bytes seed,
      PublicKey author,
      long sequence,
      @Nullable OperationId backlink,
      @Nullable Bytes body) {
    return OperationAuthor.write(
        author, message -> Ed25519.sign(seed, message), sequence, backlink, Extensions.NONE, body);
  }
}
