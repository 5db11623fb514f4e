package org.skep.interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.wire.cbor.CborWriter;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

/**
 * Makes operations of the home log, good and bad, always the same ones for a seed. The bad ones are
 * mostly signed as they stand, so that it is not the signature which gives them away.
 */
final class HomeLogCases {
  /**
   * @param kind what was done to it, for a failure's message
   * @param body null when it is absent
   */
  record Case(String kind, Bytes header, @Nullable Bytes body) {}

  /** What of a header is written, field by field, each encoded. */
  private static final class Fields {
    Bytes version = CborWriter.encodedUnsigned(1);
    Bytes author = Bytes.EMPTY;
    List<Bytes> afterSignature = new ArrayList<>();
  }

  private static final List<String> WRONG_EXTENSIONS =
      List.of(
          "a0", // empty
          "80", // an array
          "f6", // nothing
          "a1617af93c00", // a float
          "a1617ac100", // a tag
          "a1617af7", // undefined
          "a1617ae0", // a simple value
          "a1617a9f00ff", // indefinite array
          "a1617a7f6161ff", // indefinite text
          "a1617a1800", // a long zero
          "a1617a780161", // a long length
          "a2617a00617a01", // twice the same key
          "a2617b00617a00", // out of order
          "a262616100617a00", // longer before shorter
          "a10000", // a key that is a number
          "a1617aa10000", // the same, further in
          "a1617a62c328", // no UTF-8
          "a1617a63eda080", // half a surrogate pair
          "a1617a8181818181818100", // too deep by one
          "a1617a1bffffffffffffffff", // good: a large number
          "a1617a3bffffffffffffffff", // good: a large negative one
          "a1617a81818181818100", // good: as deep as may be
          "a1617a6403efbbbf", // good: control character and a zero-width mark
          "a1617a63efbbbf", // good: the mark alone
          "a1617a63efbfbd", // good: the replacement character itself
          "a266efbd86efbd860066f09f909d616100", // good: in the order of bytes
          "a266f09f909d61610066efbd86efbd8600", // in the order of 16-bit characters
          "a1617af6", // good: null
          "a1617a20", // good: minus one
          "a1616c00",
          "a1616c6141",
          "a1616c60",
          "a1616c626161", // good
          "a16161643a616263",
          "a16170f4",
          "a16170f5", // good
          "a1617001",
          "a1617420",
          "a161741b001fffffffffffff", // good: the last moment
          "a161741b0020000000000000",
          "a1616480",
          "a1616481420000",
          "a1616400");

  private final Random random;

  HomeLogCases(long seed) {
    this.random = new Random(seed);
  }

  List<Case> make(int count) {
    List<Case> cases = new ArrayList<>();
    while (cases.size() < count) {
      cases.add(one(cases.size()));
    }
    return cases;
  }

  /** Random bytes. */
  Bytes bytes(int length) {
    byte[] fresh = new byte[length];
    random.nextBytes(fresh);
    return Bytes.wrap(fresh);
  }

  /** A map of extensions that is good, encoded. */
  Bytes extensions() {
    Map<String, Bytes> map = new TreeMap<>();
    map.put("l", CborWriter.encodedText(List.of("posts", "people", "group:0af").get(pick(3))));
    map.put("t", CborWriter.encodedUnsigned(random.nextLong(1L << 53)));
    map.put("a", CborWriter.encodedText("anybody"));
    if (random.nextBoolean()) {
      map.put("p", CborWriter.encodedBool(true));
    }
    if (random.nextBoolean()) {
      CborWriter ids = new CborWriter();
      List<Bytes> sorted = new ArrayList<>();
      for (int i = 0; i <= pick(16); i++) {
        sorted.add(bytes(32));
      }
      Collections.sort(sorted);
      ids.array(sorted.size());
      sorted.forEach(ids::bytes);
      map.put("d", ids.toBytes());
    }
    for (int i = 0; i < pick(3); i++) {
      map.put("z".repeat(1 + pick(30)) + i, item(3));
    }
    return new CborWriter().map(map).toBytes();
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private Bytes item(int depth) {
    CborWriter writer = new CborWriter();
    switch (pick(depth > 0 ? 7 : 5)) {
      case 0 -> writer.unsigned(random.nextLong() >>> (1 + pick(63)));
      case 1 -> writer.bytes(bytes(pick(40)));
      case 2 -> writer.text("wörter \u0000 🐝 " + pick(1000));
      case 3 -> writer.bool(random.nextBoolean());
      case 4 -> writer.nil();
      case 5 -> {
        int count = pick(4);
        writer.array(count);
        for (int i = 0; i < count; i++) {
          writer.item(item(depth - 1));
        }
      }
      default -> writer.map(Map.of("ä", item(depth - 1), "b", item(depth - 1)));
    }
    return writer.toBytes();
  }

  private Case one(int index) {
    Bytes seed = bytes(32);
    @Nullable Bytes body = pick(4) == 0 ? null : bytes(1 + pick(400));
    Fields fields = good(seed, body, random.nextInt(3) == 0 ? 0 : 1L + pick(100_000));
    return switch (index % 20) {
      case 0, 1, 2, 3 -> new Case("good", sign(fields, seed), body);
      case 4 -> new Case("body deleted", sign(fields, seed), null);
      case 5 -> new Case("bit flipped", flip(sign(fields, seed)), body);
      case 6 -> cut(sign(fields, seed), body);
      case 7 -> {
        Bytes longer = Bytes.concat(sign(fields, seed), bytes(1 + pick(3)));
        yield new Case("bytes too many", longer, body);
      }
      case 8 -> {
        int one = pick(fields.afterSignature.size());
        Collections.swap(fields.afterSignature, one, pick(fields.afterSignature.size()));
        yield new Case("fields swapped", sign(fields, seed), body);
      }
      case 9 -> {
        fields.afterSignature.remove(pick(fields.afterSignature.size()));
        yield new Case("field left out", sign(fields, seed), body);
      }
      case 10 -> {
        int place = pick(fields.afterSignature.size());
        fields.afterSignature.add(place, fields.afterSignature.get(place));
        yield new Case("field twice", sign(fields, seed), body);
      }
      case 11 -> new Case("not the shortest form", lengthen(sign(fields, seed)), body);
      case 12 -> wrongBacklink(seed, body);
      case 13 -> wrongPayload(seed);
      case 14 -> wrongChain(seed, body);
      case 15 -> {
        fields.version =
            List.of(Bytes.ofHex("00"), Bytes.ofHex("02"), Bytes.ofHex("6131")).get(pick(3));
        yield new Case("another version", sign(fields, seed), body);
      }
      case 16 -> new Case("somebody else's signature", sign(fields, bytes(32)), body);
      case 17, 18 -> wrongExtensions(seed, body);
      default -> wrongBody(sign(fields, seed), body, index);
    };
  }

  private Fields good(Bytes seed, @Nullable Bytes body, long sequence) {
    Fields fields = new Fields();
    fields.author = CborWriter.encodedBytes(Ed25519.publicKey(seed).bytes());
    fields.afterSignature.add(CborWriter.encodedUnsigned(body == null ? 0 : body.length()));
    if (body != null) {
      fields.afterSignature.add(CborWriter.encodedBytes(Digests.blake3(body)));
    }
    fields.afterSignature.add(CborWriter.encodedUnsigned(sequence));
    if (sequence > 0) {
      fields.afterSignature.add(CborWriter.encodedBytes(bytes(32)));
    }
    if (pick(4) > 0) {
      fields.afterSignature.add(extensions());
    }
    return fields;
  }

  private static Bytes sign(Fields fields, Bytes seed) {
    Bytes signature = Ed25519.sign(seed, join(fields, List.of()));
    return join(fields, List.of(CborWriter.encodedBytes(signature)));
  }

  private static Bytes join(Fields fields, List<Bytes> signature) {
    CborWriter writer = new CborWriter().array(2 + signature.size() + fields.afterSignature.size());
    writer.item(fields.version).item(fields.author);
    signature.forEach(writer::item);
    fields.afterSignature.forEach(writer::item);
    return writer.toBytes();
  }

  private Bytes flip(Bytes bytes) {
    byte[] array = bytes.toArray();
    array[pick(array.length)] ^= (byte) (1 << pick(8));
    return Bytes.wrap(array);
  }

  private Case cut(Bytes header, @Nullable Bytes body) {
    return new Case("cut short", header.slice(0, pick(header.length())), body);
  }

  /** The head of the array, or the version, in more bytes than it needs, or without a length. */
  private Bytes lengthen(Bytes header) {
    Bytes rest = header.slice(1, header.length());
    int count = header.get(0) & 0x1f;
    return switch (pick(4)) {
      case 0 -> Bytes.concat(Bytes.wrap(new byte[] {(byte) 0x98, (byte) count}), rest);
      case 1 -> Bytes.concat(Bytes.ofHex("9f"), rest, Bytes.ofHex("ff"));
      case 2 ->
          Bytes.concat(header.slice(0, 1), Bytes.ofHex("1801"), header.slice(2, header.length()));
      default ->
          Bytes.concat(header.slice(0, 2), Bytes.ofHex("590020"), header.slice(4, header.length()));
    };
  }

  private Case wrongBacklink(Bytes seed, @Nullable Bytes body) {
    Fields fields = good(seed, body, 1);
    int place = body == null ? 2 : 3;
    Bytes wrong =
        List.of(
                CborWriter.encodedText("a".repeat(32)),
                CborWriter.encodedBytes(bytes(31)),
                CborWriter.encodedBytes(bytes(33)),
                CborWriter.encodedUnsigned(0),
                Bytes.ofHex("f6"))
            .get(pick(5));
    fields.afterSignature.set(place, wrong);
    return new Case("backlink of another type", sign(fields, seed), body);
  }

  private Case wrongPayload(Bytes seed) {
    Bytes body = bytes(1 + pick(100));
    Fields fields = good(seed, body, 1);
    int kind = pick(5);
    switch (kind) {
      case 0 -> fields.afterSignature.set(0, CborWriter.encodedUnsigned(body.length() + 1));
      case 1 -> fields.afterSignature.set(0, CborWriter.encodedUnsigned(0));
      case 2 -> fields.afterSignature.set(1, CborWriter.encodedBytes(bytes(32)));
      case 3 -> fields.afterSignature.set(0, CborWriter.encodedUnsigned(1L << 20));
      default -> fields.afterSignature.set(0, CborWriter.encodedUnsigned((1L << 20) + 1));
    }
    @Nullable Bytes given = random.nextBoolean() ? body : null;
    return new Case("size or hash of another body " + kind, sign(fields, seed), given);
  }

  private Case wrongChain(Bytes seed, @Nullable Bytes body) {
    int place = body == null ? 1 : 2;
    if (random.nextBoolean()) {
      Fields first = good(seed, body, 0);
      first.afterSignature.add(place + 1, CborWriter.encodedBytes(bytes(32)));
      return new Case("backlink at 0", sign(first, seed), body);
    }
    Fields later = good(seed, body, 5);
    if (random.nextBoolean()) {
      later.afterSignature.remove(place + 1);
      return new Case("no backlink", sign(later, seed), body);
    }
    long sequence = List.of(0xffff_ffffL, 0x1_0000_0000L).get(pick(2));
    later.afterSignature.set(place, CborWriter.encodedUnsigned(sequence));
    return new Case("sequence " + sequence, sign(later, seed), body);
  }

  private Case wrongExtensions(Bytes seed, @Nullable Bytes body) {
    Fields fields = good(seed, body, 0);
    while (fields.afterSignature.size() > (body == null ? 2 : 3)) {
      fields.afterSignature.removeLast();
    }
    int choice = pick(WRONG_EXTENSIONS.size() + 4);
    Bytes extensions =
        choice < WRONG_EXTENSIONS.size()
            ? Bytes.ofHex(WRONG_EXTENSIONS.get(choice))
            : new CborWriter()
                .map(
                    switch (choice - WRONG_EXTENSIONS.size()) {
                      case 0 -> Map.of("z", CborWriter.encodedBytes(bytes(511 + pick(3))));
                      case 1 -> Map.of("z".repeat(511 + pick(3)), CborWriter.encodedUnsigned(0));
                      case 2 -> Map.of("l", CborWriter.encodedText("a".repeat(95 + pick(3))));
                      default -> entries(85 + pick(60));
                    })
                .toBytes();
    fields.afterSignature.add(extensions);
    return new Case("extensions " + extensions.hex(), sign(fields, seed), body);
  }

  /** So many that the header is about as long as it may be. */
  private Map<String, Bytes> entries(int count) {
    Map<String, Bytes> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      entries.put("key" + i, CborWriter.encodedBytes(bytes(30)));
    }
    return entries;
  }

  private Case wrongBody(Bytes header, @Nullable Bytes body, int index) {
    if (index % 40 == 19) {
      return new Case("noise", bytes(pick(300)), null);
    }
    return switch (pick(4)) {
      case 0 -> new Case("empty body", header, Bytes.EMPTY);
      case 1 -> new Case("another body", header, bytes(1 + pick(300)));
      case 2 -> new Case("body flipped", header, body == null ? bytes(1) : flip(body));
      default -> new Case("body too long", header, Bytes.wrap(new byte[(1 << 20) + 1]));
    };
  }
}
