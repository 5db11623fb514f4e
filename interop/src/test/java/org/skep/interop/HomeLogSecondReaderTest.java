package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.home.operation.Extensions;
import org.skep.networks.home.operation.Operation;
import org.skep.networks.home.operation.OperationAuthor;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.networks.home.operation.OperationId;
import org.skep.networks.home.operation.OperationValidator;
import org.skep.networks.home.operation.Reading;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.crypto.Ed25519;

/** Two programs written apart from each other judge the same operations alike. */
@Tag("home")
class HomeLogSecondReaderTest {
  private static final long SEED = 20_261_122;
  private static final int OPERATIONS = 1_000;

  @TempDir Path folder;
  private SecondReader second;

  @BeforeEach
  void start() throws Exception {
    second = new SecondReader(folder.resolve("errors.txt"));
  }

  @AfterEach
  void stop() throws Exception {
    second.close();
  }

  @Test
  void aThousandOperationsGetTheSameVerdictAndId() throws Exception {
    int accepted = 0;
    List<HomeLogCases.Case> cases = new HomeLogCases(SEED).make(OPERATIONS);
    for (HomeLogCases.Case one : cases) {
      Optional<String> ours = judge(one.header(), one.body());
      SecondReader.Judgement theirs = second.verify(one.header(), one.body());
      assertEquals(
          theirs.id(), ours, () -> one.kind() + " " + theirs.reason() + " " + one.header().hex());
      accepted += ours.isPresent() ? 1 : 0;
    }
    int all = accepted;
    assertTrue(all > OPERATIONS / 5 && all < OPERATIONS / 2, () -> all + " were accepted");
  }

  @Test
  void theyAgreeOnWhatMayFollow() throws Exception {
    HomeLogCases cases = new HomeLogCases(SEED + 1);
    List<Operation> operations = new ArrayList<>();
    for (Bytes seed : List.of(cases.bytes(32), cases.bytes(32))) {
      for (String log : List.of("posts", "people")) {
        Extensions plain = Extensions.of(log, 1, "anybody");
        Operation first = write(seed, 0, null, plain, null);
        Operation next = write(seed, 1, first.id(), plain, null);
        operations.addAll(
            List.of(
                first,
                next,
                write(seed, 1, next.id(), plain, null),
                write(seed, 2, next.id(), plain, null),
                write(seed, 2, first.id(), plain.pruning(), null),
                write(seed, 9, first.id(), plain.pruning(), null)));
      }
    }
    int allowed = 0;
    for (Operation operation : operations) {
      assertFollows(null, operation);
      for (Operation last : operations) {
        allowed += assertFollows(last, operation) ? 1 : 0;
      }
    }
    // In each log: the second and the third after the one before them, and the prune points after
    // whatever comes earlier, three and five operations.
    assertEquals(4 * (1 + 1 + 3 + 5), allowed);
  }

  @Test
  void whatTheSecondWritesTheFirstReadsAndWouldHaveWritten() throws Exception {
    HomeLogCases cases = new HomeLogCases(SEED + 2);
    for (int i = 0; i < 100; i++) {
      Bytes seed = cases.bytes(32);
      @Nullable Bytes body = i % 3 == 0 ? null : cases.bytes(1 + i);
      @Nullable OperationId backlink = i % 2 == 0 ? null : new OperationId(cases.bytes(32));
      long sequence = i % 2 == 0 ? 0 : 1L << (i % 32);
      Bytes extensions = cases.extensions();
      Bytes header =
          second.write(
              seed, sequence, backlink == null ? null : backlink.bytes(), extensions, body);
      assertTrue(judge(header, body).isPresent(), header::hex);
      Extensions same = new Extensions(new TreeMap<>(new CborReader(extensions).map(512, 8)));
      assertEquals(header, write(seed, sequence, backlink, same, body).headerBytes());
    }
  }

  @Test
  void bothExpectWhatTheTestsOfP2pandaExpect() throws Exception {
    Path vectors = Path.of("../networks/home/src/test/resources/p2panda/vectors.txt");
    int seen = 0;
    for (String line : Files.readAllLines(vectors)) {
      List<String> words = List.of(line.split(" ", -1));
      if (!words.getFirst().equals("header") && !words.getFirst().equals("fixture")) {
        continue;
      }
      Bytes header = Bytes.ofHex(words.get(2));
      @Nullable Bytes body = words.size() > 3 ? Bytes.ofHex(words.get(3)) : null;
      Optional<String> ours = judge(header, body);
      assertEquals(words.get(1).equals("ok"), ours.isPresent(), line);
      assertEquals(ours, second.verify(header, body).id(), line);
      seen++;
    }
    assertEquals(9, seen);
  }

  private boolean assertFollows(@Nullable Operation last, Operation operation)
      throws IOException, InterruptedException {
    boolean ours = OperationValidator.refusalAfter(last, operation).isEmpty();
    boolean theirs =
        second.follows(last == null ? null : last.headerBytes(), operation.headerBytes());
    assertEquals(theirs, ours, () -> last + " then " + operation);
    return ours;
  }

  private static Optional<String> judge(Bytes header, @Nullable Bytes body) {
    return switch (OperationCodec.decode(header, body)) {
      case Reading.Malformed malformed -> Optional.empty();
      case Reading.Read(Operation operation) -> {
        assertEquals(header, OperationCodec.encodeHeader(operation.header()));
        yield OperationValidator.refusal(operation).isEmpty()
            ? Optional.of(operation.id().toString())
            : Optional.empty();
      }
    };
  }

  private static Operation write(
      Bytes seed,
      long sequence,
      @Nullable OperationId backlink,
      Extensions extensions,
      @Nullable Bytes body) {
    PublicKey author = Ed25519.publicKey(seed);
    Operation operation =
        OperationAuthor.write(
            author, message -> Ed25519.sign(seed, message), sequence, backlink, extensions, body);
    assertInstanceOf(Reading.Read.class, OperationCodec.decode(OperationCodec.encode(operation)));
    return operation;
  }
}
