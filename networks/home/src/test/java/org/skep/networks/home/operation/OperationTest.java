package org.skep.networks.home.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.cbor.CborWriter;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.StrictEd25519;

class OperationTest {
  private static final Bytes ANA = Digests.sha256(Bytes.ofUtf8("Ana"));
  private static final Bytes BEN = Digests.sha256(Bytes.ofUtf8("Ben"));
  private static final Extensions POSTS = Extensions.of("posts", 1_700_000_000_000_000L, "anybody");
  private static final Bytes BODY = Bytes.ofUtf8("Good morning");

  @Test
  void aWrittenOperationIsReadAgainAndTrue() {
    Operation written = write(ANA, 0, null, POSTS, BODY);
    Operation read = read(OperationCodec.encode(written));
    assertEquals(written, read);
    assertEquals(Optional.empty(), OperationValidator.refusal(read));
    assertEquals(OperationId.ofHeader(written.headerBytes()), read.id());
  }

  @Test
  void anOperationWhoseBodyWasDeletedIsStillTrue() {
    Operation bare = write(ANA, 0, null, POSTS, BODY).withoutBody();
    Operation read = read(OperationCodec.encode(bare));
    assertEquals(bare, read);
    assertEquals(Optional.empty(), OperationValidator.refusal(read));
  }

  @Test
  void anotherBodyIsRefused() {
    Operation written = write(ANA, 0, null, POSTS, BODY);
    for (Bytes other : List.of(Bytes.ofUtf8("Good evening"), Bytes.ofUtf8("Good morning!"))) {
      Operation swapped =
          new Operation(written.id(), written.header(), written.headerBytes(), other);
      assertEquals(Optional.of(Refusal.BODY_MISMATCH), OperationValidator.refusal(swapped));
    }
  }

  @Test
  void aBodyWhereNoneWasSignedIsRefused() {
    Operation none = write(ANA, 0, null, POSTS, null);
    Operation given = new Operation(none.id(), none.header(), none.headerBytes(), BODY);
    assertEquals(Optional.of(Refusal.BODY_MISMATCH), OperationValidator.refusal(given));
  }

  @Test
  void anEmptyBodyIsMalformed() {
    Bytes bytes =
        new CborWriter()
            .array(2)
            .bytes(write(ANA, 0, null, POSTS, null).headerBytes())
            .bytes(Bytes.EMPTY)
            .toBytes();
    assertInstanceOf(Reading.Malformed.class, OperationCodec.decode(bytes));
  }

  @Test
  void someoneElsesSignatureIsRefused() {
    Operation forged =
        OperationAuthor.write(
            Ed25519.publicKey(ANA), message -> Ed25519.sign(BEN, message), 0, null, POSTS, BODY);
    assertEquals(Optional.of(Refusal.SIGNATURE_MISMATCH), OperationValidator.refusal(forged));
  }

  @Test
  void aSignatureOnWhichLibrariesDifferIsRefused() throws Exception {
    List<Bytes> headers;
    try (InputStream in =
        Objects.requireNonNull(
            OperationTest.class.getResourceAsStream("/crafted-signatures.txt"))) {
      headers =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> Bytes.ofHex(line.split(" ", -1)[1]))
              .toList();
    }
    assertEquals(9, headers.size());
    int goodForLibsodium = 0;
    for (Bytes bytes : headers) {
      Header header = read(new CborWriter().array(1).bytes(bytes).toBytes()).header();
      Bytes signed = OperationCodec.encodeUnsigned(header);
      goodForLibsodium += Ed25519.verify(header.author(), signed, header.signature()) ? 1 : 0;
      assertFalse(StrictEd25519.verify(header.author(), signed, header.signature()));
    }
    assertEquals(3, goodForLibsodium, "those whose equation holds exactly");
  }

  @Test
  void aChainIsFollowed() {
    Operation first = write(ANA, 0, null, POSTS, BODY);
    Operation second = write(ANA, 1, first.id(), POSTS, BODY);
    assertEquals(Optional.empty(), OperationValidator.refusalAfter(null, first));
    assertEquals(Optional.empty(), OperationValidator.refusalAfter(first, second));
  }

  @Test
  void aBrokenChainIsRefusedWithItsReason() {
    Operation first = write(ANA, 0, null, POSTS, BODY);
    Operation second = write(ANA, 1, first.id(), POSTS, BODY);
    Operation forked = write(ANA, 1, second.id(), POSTS, BODY);
    Operation third = write(ANA, 2, second.id(), POSTS, BODY);
    Operation bens = write(BEN, 1, first.id(), POSTS, BODY);
    Operation elsewhere = write(ANA, 1, first.id(), Extensions.of("people", 0, "anybody"), BODY);

    assertRefused(Refusal.PREDECESSOR_MISSING, null, second);
    assertRefused(Refusal.BACKLINK_MISMATCH, first, forked);
    assertRefused(Refusal.SEQUENCE_NOT_NEXT, first, third);
    assertRefused(Refusal.SEQUENCE_NOT_NEXT, second, first);
    assertRefused(Refusal.OTHER_AUTHOR, first, bens);
    assertRefused(Refusal.OTHER_LOG, first, elsewhere);
  }

  @Test
  void aPrunePointDemandsNothingBeforeIt() {
    Operation first = write(ANA, 0, null, POSTS, BODY);
    Operation prune = write(ANA, 7, first.id(), POSTS.pruning(), BODY);
    Operation next = write(ANA, 8, prune.id(), POSTS, BODY);
    assertEquals(Optional.empty(), OperationValidator.refusalAfter(null, prune));
    assertEquals(Optional.empty(), OperationValidator.refusalAfter(first, prune));
    assertEquals(Optional.empty(), OperationValidator.refusalAfter(prune, next));
    assertRefused(Refusal.SEQUENCE_NOT_NEXT, next, prune);
    assertRefused(Refusal.OTHER_AUTHOR, write(BEN, 0, null, POSTS, BODY), prune);
  }

  @Test
  void extensionsSayWhatWasPutIn() {
    OperationId one = OperationId.ofHeader(Bytes.ofUtf8("1"));
    OperationId two = OperationId.ofHeader(Bytes.ofUtf8("2"));
    Extensions extensions = POSTS.pruning().after(List.of(two, one, two));
    Header header = read(OperationCodec.encode(write(ANA, 0, null, extensions, BODY))).header();
    assertEquals(Optional.of("posts"), header.extensions().log());
    assertEquals(OptionalLong.of(1_700_000_000_000_000L), header.extensions().claimedMicros());
    assertEquals(Optional.of("anybody"), header.extensions().audience());
    assertTrue(header.extensions().prune());
    assertEquals(List.of(one, two).stream().sorted().toList(), header.extensions().dependencies());
    assertFalse(POSTS.prune());
    assertTrue(POSTS.dependencies().isEmpty());
  }

  @Test
  void anUnknownExtensionIsKeptAndIgnored() {
    Bytes value = new CborWriter().array(2).text("later").nil().toBytes();
    Extensions extensions = POSTS.with("zeta", value);
    Operation read = read(OperationCodec.encode(write(ANA, 0, null, extensions, BODY)));
    assertEquals(value, read.header().extensions().encoded().get("zeta"));
    assertEquals(read.headerBytes(), OperationCodec.encodeHeader(read.header()));
    assertEquals(Optional.empty(), OperationValidator.refusal(read));
  }

  @Test
  void extensionsOutOfShapeAreRefused() {
    Bytes id = Bytes.wrap(new byte[32]);
    List<SortedMap<String, Bytes>> wrong =
        List.of(
            entry("l", CborWriter.encodedText("Posts")),
            entry("l", CborWriter.encodedText("")),
            entry("l", CborWriter.encodedText("a".repeat(97))),
            entry("l", CborWriter.encodedUnsigned(1)),
            entry("a", CborWriter.encodedText(":self")),
            entry("t", CborWriter.encodedUnsigned(Extensions.CLAIMED_MICROS_MAX + 1)),
            entry("t", Bytes.ofHex("20")),
            entry("p", CborWriter.encodedBool(false)),
            entry("d", new CborWriter().array(0).toBytes()),
            entry("d", new CborWriter().array(2).bytes(id).bytes(id).toBytes()),
            entry("d", new CborWriter().array(1).bytes(Bytes.EMPTY).toBytes()),
            entry("x", Bytes.ofHex("f93c00")),
            entry("x", Bytes.ofHex("c100")),
            entry("x", Bytes.ofHex("f7")),
            entry("x", Bytes.ofHex("0000")),
            entry("x", CborWriter.encodedBytes(Bytes.wrap(new byte[513]))),
            entry("x", Bytes.ofHex("8181818181818100")));
    for (SortedMap<String, Bytes> map : wrong) {
      assertThrows(IllegalArgumentException.class, () -> new Extensions(map), map.toString());
    }
  }

  @Test
  void partsThatDontFitCannotBeWritten() {
    OperationId id = OperationId.ofHeader(Bytes.EMPTY);
    Bytes tooLong = Bytes.wrap(new byte[OperationCodec.BODY_BYTES_MAX + 1]);
    assertThrows(IllegalArgumentException.class, () -> write(ANA, 0, id, POSTS, BODY));
    assertThrows(IllegalArgumentException.class, () -> write(ANA, 1, null, POSTS, BODY));
    assertThrows(IllegalArgumentException.class, () -> write(ANA, -1, id, POSTS, BODY));
    assertThrows(IllegalArgumentException.class, () -> write(ANA, 1L << 32, id, POSTS, BODY));
    assertThrows(IllegalArgumentException.class, () -> write(ANA, 0, null, POSTS, tooLong));
    assertThrows(IllegalArgumentException.class, () -> write(ANA, 0, null, POSTS, Bytes.EMPTY));
  }

  @Test
  void theLongestBodyAndTheLastSequenceNumberFit() {
    Bytes longest = Bytes.wrap(new byte[OperationCodec.BODY_BYTES_MAX]);
    OperationId before = OperationId.ofHeader(Bytes.EMPTY);
    Operation last = write(ANA, Header.SEQUENCE_MAX, before, POSTS, longest);
    Bytes bytes = OperationCodec.encode(last);
    assertTrue(bytes.length() <= OperationCodec.OPERATION_BYTES_MAX);
    assertEquals(Optional.empty(), OperationValidator.refusal(read(bytes)));
  }

  private static SortedMap<String, Bytes> entry(String key, Bytes value) {
    TreeMap<String, Bytes> map = new TreeMap<>();
    map.put(key, value);
    return map;
  }

  private static void assertRefused(Refusal why, @Nullable Operation last, Operation operation) {
    assertEquals(Optional.of(why), OperationValidator.refusalAfter(last, operation));
  }

  private static Operation read(Bytes bytes) {
    return assertInstanceOf(Reading.Read.class, OperationCodec.decode(bytes)).operation();
  }

  private static Operation write(
      Bytes seed,
      long sequence,
      @Nullable OperationId backlink,
      Extensions extensions,
      @Nullable Bytes body) {
    PublicKey author = Ed25519.publicKey(seed);
    return OperationAuthor.write(
        author, message -> Ed25519.sign(seed, message), sequence, backlink, extensions, body);
  }
}
