package org.skep.networks.home.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

/** What holds of every operation. */
class OperationPropertiesTest {
  private static final Bytes SEED = Digests.sha256(Bytes.ofUtf8("seed"));

  @Property(tries = 200)
  void whatIsWrittenIsReadAgainAndTrue(@ForAll("operations") Operation written) {
    Bytes bytes = OperationCodec.encode(written);
    Operation read = assertInstanceOf(Reading.Read.class, OperationCodec.decode(bytes)).operation();
    assertEquals(written, read);
    assertEquals(Optional.empty(), OperationValidator.refusal(read));
  }

  @Property(tries = 300)
  void whatIsReadHasNoOtherEncoding(
      @ForAll("operations") Operation written,
      @ForAll @IntRange(max = 1 << 20) int place,
      @ForAll byte value) {
    byte[] bytes = OperationCodec.encode(written).toArray();
    bytes[place % bytes.length] = value;
    Bytes changed = Bytes.wrap(bytes);
    if (OperationCodec.decode(changed) instanceof Reading.Read(Operation read)) {
      assertEquals(changed, OperationCodec.encode(read));
      assertEquals(read.headerBytes(), OperationCodec.encodeHeader(read.header()));
    }
  }

  @Property(tries = 200)
  void aChangedBitIsNeverAccepted(
      @ForAll("operations") Operation written, @ForAll @IntRange(max = 1 << 20) int place) {
    byte[] bytes = OperationCodec.encode(written).toArray();
    bytes[place % bytes.length] ^= (byte) (1 << (place % 8));
    boolean accepted =
        switch (OperationCodec.decode(Bytes.wrap(bytes))) {
          case Reading.Malformed malformed -> false;
          case Reading.Read(Operation read) -> OperationValidator.refusal(read).isEmpty();
        };
    assertFalse(accepted);
  }

  @Property(tries = 200)
  void whatIsCutShortIsMalformed(
      @ForAll("operations") Operation written, @ForAll @IntRange(max = 1 << 20) int place) {
    Bytes bytes = OperationCodec.encode(written);
    Bytes cut = bytes.slice(0, place % bytes.length());
    assertInstanceOf(Reading.Malformed.class, OperationCodec.decode(cut));
  }

  @Property(tries = 1000)
  void noiseIsRefusedWithoutHarm(@ForAll @Size(max = 300) byte[] noise) {
    Bytes bytes = Bytes.wrap(noise);
    assertInstanceOf(Reading.Malformed.class, OperationCodec.decode(bytes));
    assertInstanceOf(Reading.Malformed.class, OperationCodec.decode(bytes, null));
  }

  @Provide
  Arbitrary<Operation> operations() {
    Arbitrary<Bytes> bodies =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300).map(Bytes::wrap);
    Arbitrary<Long> sequences =
        Arbitraries.oneOf(
            Arbitraries.just(0L), Arbitraries.longs().between(0, Header.SEQUENCE_MAX));
    return Combinators.combine(sequences, bodies.optional(), extensions())
        .as((sequence, body, extensions) -> write(sequence, body.orElse(null), extensions));
  }

  private static Arbitrary<Extensions> extensions() {
    Arbitrary<String> labels =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(96);
    Arbitrary<Long> times = Arbitraries.longs().between(0, Extensions.CLAIMED_MICROS_MAX);
    Arbitrary<Set<OperationId>> before =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(32)
            .map(bytes -> new OperationId(Bytes.copyOf(bytes)))
            .set()
            .ofMaxSize(Extensions.DEPENDENCIES_MAX);
    return Combinators.combine(labels, times, labels, before, Arbitraries.of(true, false))
        .as((log, time, audience, ids, prune) -> {
          Extensions some = Extensions.of(log, time, audience);
          Extensions more = ids.isEmpty() ? some : some.after(List.copyOf(ids));
          return prune ? more.pruning() : more;
        });
  }

  private static Operation write(long sequence, @Nullable Bytes body, Extensions extensions) {
    @Nullable OperationId backlink =
        sequence == 0 ? null : OperationId.ofHeader(Bytes.ofUtf8("before " + sequence));
    return OperationAuthor.write(
        Ed25519.publicKey(SEED),
        message -> Ed25519.sign(SEED, message),
        sequence,
        backlink,
        extensions,
        body);
  }
}
