package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsObject;

/** Profile pictures, from the program's own words into messages and back. */
class PictureMapperTest {
  private static final FeedId ANA = new FeedId(SeedIdentity.numbered(1).publicKey());
  private static final FeedId BEN = new FeedId(SeedIdentity.numbered(2).publicKey());
  private static final Hash PICTURE = new Hash(Digests.sha256(Bytes.ofUtf8("a picture")));
  private static final MessageId MESSAGE = new MessageId(PICTURE);
  private static final Ref OPERATION = new Ref(NetworkId.HOME, "0".repeat(64));

  private static ScuttlebuttSayings.Saying describing(String picture) {
    return ScuttlebuttSayings.of(
        ANA, new Intent.Describe(ProfileField.PICTURE, picture), OPERATION);
  }

  private static JsObject said(String picture) {
    return assertInstanceOf(ScuttlebuttSayings.Said.class, describing(picture)).content();
  }

  private static DomainEvent described(FeedId author, ProfileField field, String value) {
    return new DomainEvent.PersonDescribed(
        ScuttlebuttNetwork.refOf(author), ScuttlebuttNetwork.refOf(ANA), field, value);
  }

  private static JsObject about() {
    return JsObject.EMPTY.with("type", "about").with("about", ANA.toString());
  }

  @Test
  void aPictureIsWrittenAsABlobsIdAndReadBack() {
    JsObject content = said(PICTURE.toString());

    assertEquals(new BlobId(PICTURE).toString(), content.string("image").orElseThrow());
    assertEquals(
        List.of(described(ANA, ProfileField.PICTURE, PICTURE.toString())),
        ScuttlebuttMapper.events(ANA, MESSAGE, content));
  }

  @Test
  void aPictureIsTakenBackForEveryProgramAndForUs() {
    JsObject content = said("");

    assertEquals(
        JsObject.EMPTY.with("link", "").with("remove", new JsBool(true)),
        content.get("image").orElseThrow());
    assertEquals(
        List.of(described(ANA, ProfileField.PICTURE, "")),
        ScuttlebuttMapper.events(ANA, MESSAGE, content));
  }

  @Test
  void whatIsNoHashIsNoPicture() {
    assertInstanceOf(ScuttlebuttSayings.Unsayable.class, describing("a picture"));
  }

  @Test
  void anAboutThatSaysThreeThingsIsThreeEvents() {
    JsObject content =
        about()
            .with("name", "Ana")
            .with("image", new BlobId(PICTURE).toString())
            .with("description", "a gardener");

    assertEquals(
        List.of(
            described(ANA, ProfileField.NAME, "Ana"),
            described(ANA, ProfileField.DESCRIPTION, "a gardener"),
            described(ANA, ProfileField.PICTURE, PICTURE.toString())),
        ScuttlebuttMapper.events(ANA, MESSAGE, content));
  }

  @Test
  void whatSomebodyElseSaysOfHerIsSaidBySomebodyElse() {
    JsObject content = about().with("image", new BlobId(PICTURE).toString());

    assertEquals(
        List.of(described(BEN, ProfileField.PICTURE, PICTURE.toString())),
        ScuttlebuttMapper.events(BEN, MESSAGE, content));
  }

  @Test
  void aMalformedPictureIsNoEvent() {
    assertEquals(
        List.of(),
        ScuttlebuttMapper.events(ANA, MESSAGE, about().with("image", "&nonsense.sha256")));
  }
}
