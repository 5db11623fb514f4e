package org.skep.networks.home.operation;

import java.util.List;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;

/** Operations of the home log: what is taken is what would be written, to the byte. */
public final class OperationTarget implements Target {
  private static final Bytes SEED = Bytes.ofHex("09".repeat(32));

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public List<Bytes> seeds() {
    PublicKey author = Ed25519.publicKey(SEED);
    Operation first =
        OperationAuthor.write(
            author,
            message -> Ed25519.sign(SEED, message),
            0,
            null,
            Extensions.NONE,
            Bytes.ofUtf8("a body"));
    Operation second =
        OperationAuthor.write(
            author, message -> Ed25519.sign(SEED, message), 1, first.id(), Extensions.NONE, null);
    Stream<Bytes> vectors =
        P2pandaVectors.named("header", "fixture").stream().flatMap(line -> line.values().stream());
    return Stream.concat(
            Stream.of(OperationCodec.encode(first), OperationCodec.encode(second)), vectors)
        .toList();
  }

  @Override
  public void read(Bytes input) {
    switch (OperationCodec.decode(input)) {
      case Reading.Malformed(String reason) ->
          Must.hold(!reason.isEmpty(), "a refusal has a reason");
      case Reading.Read(Operation operation) -> {
        Must.equal(input, OperationCodec.encode(operation), "an operation is written as it came");
        check(operation);
      }
    }
    if (OperationCodec.decode(input, null) instanceof Reading.Read(Operation operation)) {
      Must.equal(input, operation.headerBytes(), "a header is kept as it came");
      check(operation);
    }
  }

  private static void check(Operation operation) {
    Must.equal(
        operation.headerBytes(),
        OperationCodec.encodeHeader(operation.header()),
        "a header is written as it came");
    boolean sound = OperationValidator.refusal(operation).isEmpty();
    Must.equal(
        sound, OperationValidator.refusal(operation).isEmpty(), "the same is said of it each time");
    Must.hold(
        !sound || OperationValidator.refusal(operation.withoutBody()).isEmpty(),
        "without its body it still verifies");
    Must.hold(
        OperationValidator.refusalAfter(operation, operation).isPresent(),
        "nothing stands behind itself");
    Must.hold(
        OperationValidator.refusalAfter(null, operation).isEmpty()
            == (operation.header().sequence() == 0 || operation.header().extensions().prune()),
        "a log begins with its first, or where it was pruned");
  }
}
