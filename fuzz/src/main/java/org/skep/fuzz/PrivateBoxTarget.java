package org.skep.fuzz;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.networks.scuttlebutt.privatebox.SealedContent;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/**
 * Sealed contents: the input as a box, as the text of one, and as what is sealed; in the last case
 * its first byte says which byte of the box is changed, 0 none.
 */
final class PrivateBoxTarget implements Target {
  private static final SeedIdentity READER = SeedIdentity.numbered(1);
  private static final SeedIdentity OTHER = SeedIdentity.numbered(2);
  private static final SeedIdentity STRANGER = SeedIdentity.numbered(3);
  private static final Bytes KEY = Bytes.ofHex("01" + "06".repeat(32));
  private static final PrivateBox.Fresh FRESH =
      new PrivateBox.Fresh(
          Bytes.ofHex("03".repeat(24)), Bytes.ofHex("04".repeat(32)), Bytes.ofHex("05".repeat(32)));

  @Override
  public String name() {
    return "privatebox";
  }

  @Override
  public List<Bytes> seeds() {
    Bytes content = Bytes.ofUtf8("\u0000{\"type\":\"post\",\"text\":\"hello\",\"recps\":[]}");
    Bytes box = sealed(content).box();
    return List.of(
        content, box, Bytes.ofUtf8(SealedContent.text(box).value()), Bytes.ofHex("00".repeat(140)));
  }

  @Override
  public void read(Bytes input) {
    Must.hold(PrivateBox.open(input, STRANGER::agree).isEmpty(), "nobody makes a box by chance");
    Must.hold(PrivateBox.read(input, KEY).isEmpty(), "nor one for a key that was never used");
    Optional<Bytes> box = SealedContent.box(new JsString(input.utf8()));
    box.ifPresent(opened ->
        Must.equal(
            Optional.of(opened),
            SealedContent.box(SealedContent.text(opened)),
            "a box is read as it is written"));
    Optional<JsObject> content = SealedContent.read(input);
    content.ifPresent(read ->
        Must.equal(
            SealedContent.plain(read),
            SealedContent.plain(SealedContent.read(SealedContent.plain(read)).orElseThrow()),
            "a content is read as it is written"));
    if (input.length() > 0) {
      roundTrip(input);
    }
  }

  private static void roundTrip(Bytes input) {
    PrivateBox.Boxed boxed = sealed(input);
    byte[] box = boxed.box().toArray();
    int place = input.get(0) & 0xff;
    if (place == 0) {
      for (SeedIdentity reader : List.of(READER, OTHER)) {
        Must.equal(
            Optional.of(boxed.key()),
            PrivateBox.open(boxed.box(), reader::agree),
            "each reader opens it");
      }
      Must.equal(
          Optional.of(input),
          PrivateBox.read(boxed.box(), boxed.key()),
          "and reads what was sealed");
    } else {
      box[place % box.length] ^= 1;
      Optional<Bytes> read =
          PrivateBox.open(Bytes.wrap(box), READER::agree)
              .flatMap(key -> PrivateBox.read(Bytes.wrap(box), key));
      Must.hold(read.isEmpty() || read.get().equals(input), "what was changed is not read");
    }
  }

  private static PrivateBox.Boxed sealed(Bytes content) {
    List<Bytes> readers =
        List.of(READER, OTHER).stream()
            .map(reader -> Ed25519.x25519Public(reader.publicKey()).orElseThrow())
            .toList();
    return PrivateBox.seal(content, readers, FRESH).orElseThrow();
  }
}
