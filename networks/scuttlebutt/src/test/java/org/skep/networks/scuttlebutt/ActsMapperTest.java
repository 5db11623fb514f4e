package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What is done to posts that are out: said so that others understand it, and read from others. */
class ActsMapperTest {
  private static final FeedId ANA = new FeedId(SeedIdentity.numbered(1).publicKey());
  private static final FeedId BEN = new FeedId(SeedIdentity.numbered(2).publicKey());
  private static final Ref ANAS = ScuttlebuttNetwork.refOf(ANA);
  private static final MessageId HERE = message(0);
  private static final MessageId POST = message(1);
  private static final Ref OPERATION = new Ref(NetworkId.HOME, "ab".repeat(32));
  private static final Target AT_BEN =
      new Target(List.of(new Ref(NetworkId.HOME, "cd".repeat(32)), ScuttlebuttNetwork.refOf(BEN)));
  private static final Target AT_POST =
      new Target(List.of(OPERATION, ScuttlebuttNetwork.refOf(POST)));

  private static MessageId message(int number) {
    byte[] hash = new byte[32];
    hash[0] = (byte) number;
    return new MessageId(new Hash(Bytes.wrap(hash)));
  }

  /** JSON with apostrophes for quotation marks. */
  private static JsObject json(String text) {
    try {
      return (JsObject) JsonParser.parse(text.replace('\'', '"'), new JsonLimits(100_000, 16));
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<DomainEvent> read(String content) {
    return ScuttlebuttMapper.events(ANA, HERE, json(content));
  }

  private static JsObject said(Intent intent) {
    return assertInstanceOf(
            ScuttlebuttSayings.Said.class, ScuttlebuttSayings.of(ANA, intent, OPERATION))
        .content();
  }

  private static DomainEvent boosted(boolean on) {
    return new DomainEvent.Boosted(ANAS, ScuttlebuttNetwork.refOf(POST), on);
  }

  @Test
  void aBoostNamesThePostItsAuthorAndWhereToLookForIt() {
    Intent.Boost boost =
        new Intent.Boost(
            AT_POST,
            AT_BEN,
            List.of(
                new Intent.Place(OPERATION, 3),
                new Intent.Place(ScuttlebuttNetwork.refOf(POST), 7)),
            true);
    assertEquals(
        json(
            "{'type':'boost','boost':{'link':'%s','value':1},'author':'%s','sequence':7,"
                    .formatted(POST, BEN)
                + "'operation':'%s'}".formatted(OPERATION.id())),
        said(boost));
    assertEquals(
        json(
            "{'type':'boost','boost':{'link':'%s','value':0},'operation':'%s'}"
                .formatted(POST, OPERATION.id())),
        said(new Intent.Boost(AT_POST, new Target(List.of(OPERATION)), List.of(), false)));
  }

  @Test
  void aBoostIsReadAndTakenBack() {
    assertEquals(
        List.of(boosted(true)),
        read("{'type':'boost','boost':{'link':'%s','value':1}}".formatted(POST)));
    assertEquals(
        List.of(boosted(false)),
        read("{'type':'boost','boost':{'link':'%s','value':0}}".formatted(POST)));
    assertEquals(
        List.of(),
        ScuttlebuttMapper.sealedEvents(
            ANA, HERE, json("{'type':'boost','boost':{'link':'%s','value':1}}".formatted(POST))));
  }

  private static Intent.Edit edit(Optional<List<Target>> readers) {
    return new Intent.Edit(
        AT_POST,
        Optional.of(new Target(List.of(ScuttlebuttNetwork.refOf(message(4))))),
        new Target(List.of(ScuttlebuttNetwork.refOf(message(5)))),
        readers,
        "anew, #bees",
        "careful",
        List.of(),
        List.of());
  }

  @Test
  void anEditHoldsAllWordsAnewAndSaysWhatItFollows() {
    JsObject said = said(edit(Optional.empty()));
    assertEquals(
        json(
            "{'type':'post-edit','text':'anew, #bees','root':'%s','mentions':[{'link':'#bees'}],"
                    .formatted(message(4))
                + "'contentWarning':'careful','revisionRoot':'%s','revisionBranch':['%s'],"
                    .formatted(POST, message(5))
                + "'operation':'%s'}".formatted(OPERATION.id())),
        said);
    assertEquals(
        List.of(
            new DomainEvent.Edited(
                ANAS,
                ScuttlebuttNetwork.refOf(HERE),
                ScuttlebuttNetwork.refOf(POST),
                Optional.of(OPERATION),
                "anew, #bees",
                "careful",
                List.of(),
                List.of(),
                List.of("bees"),
                Optional.empty())),
        ScuttlebuttMapper.events(ANA, HERE, said));
  }

  @Test
  void anEditOfALetterIsSealedForTheSameReaders() {
    ScuttlebuttSayings.SaidTo sealed =
        assertInstanceOf(
            ScuttlebuttSayings.SaidTo.class,
            ScuttlebuttSayings.of(ANA, edit(Optional.of(List.of(AT_BEN))), OPERATION));
    assertEquals(List.of(ANA, BEN), sealed.readers());
    assertEquals(
        List.of(), ScuttlebuttMapper.events(ANA, HERE, sealed.content()), "read open it is none");
    DomainEvent.Edited edited =
        assertInstanceOf(
            DomainEvent.Edited.class,
            ScuttlebuttMapper.sealedEvents(ANA, HERE, sealed.content()).getFirst());
    assertEquals(Optional.of(List.of(ANAS, ScuttlebuttNetwork.refOf(BEN))), edited.readers());
  }

  @Test
  void whatIsTakenBackIsATombstoneOpenOrSealed() {
    JsObject open = said(new Intent.Delete(AT_POST, Optional.empty()));
    assertEquals(
        json("{'type':'tombstone','target':'%s','operation':'%s'}".formatted(POST, OPERATION.id())),
        open);
    assertEquals(List.of(deleted(false)), ScuttlebuttMapper.events(ANA, HERE, open));
    ScuttlebuttSayings.SaidTo sealed =
        assertInstanceOf(
            ScuttlebuttSayings.SaidTo.class,
            ScuttlebuttSayings.of(
                ANA, new Intent.Delete(AT_POST, Optional.of(List.of(AT_BEN))), OPERATION));
    assertEquals(List.of(ANA, BEN), sealed.readers());
    assertEquals(
        List.of(deleted(true)), ScuttlebuttMapper.sealedEvents(ANA, HERE, sealed.content()));
  }

  private static DomainEvent deleted(boolean sealed) {
    return new DomainEvent.Deleted(ANAS, ScuttlebuttNetwork.refOf(POST), sealed);
  }

  @Test
  void otherWaysToEditAndTakeBackAreRead() {
    assertEquals(
        List.of(deleted(false)),
        read("{'type':'about','about':'%s','redacted':true}".formatted(POST)));
    assertEquals(List.of(), read("{'type':'about','about':'%s','redacted':false}".formatted(POST)));
    DomainEvent.Edited edited =
        assertInstanceOf(
            DomainEvent.Edited.class,
            read("{'type':'post','text':'anew','replaces':'%s'}".formatted(POST)).getFirst());
    assertEquals(ScuttlebuttNetwork.refOf(POST), edited.post());
    assertEquals("anew", edited.text());
  }

  @Test
  void whatIsNotThereCanBeNeither() {
    Target elsewhere = new Target(List.of(OPERATION));
    assertInstanceOf(
        ScuttlebuttSayings.Unsayable.class,
        ScuttlebuttSayings.of(ANA, new Intent.Delete(elsewhere, Optional.empty()), OPERATION));
  }

  @Test
  void whatOasisPassesOnIsABoost() {
    assertEquals(
        List.of(boosted(true)),
        read("{'type':'feed-action','action':'refeed','root':'%s'}".formatted(POST)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "🔁 %s", "[a name](%s)", "%s 🔁", "  %s  "})
  void aPostThatIsOnlyALinkIsAPostAndABoost(String text) {
    List<DomainEvent> read =
        read(
            "{'type':'post','text':'%s','mentions':[{'link':'%s'}]}"
                .formatted(text.formatted(POST), POST));
    assertEquals(2, read.size());
    assertInstanceOf(DomainEvent.PostPublished.class, read.getFirst());
    assertEquals(boosted(true), read.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"see %s", "%s is it", "%s %s"})
  void aPostThatSaysMoreIsNoBoost(String text) {
    List<DomainEvent> read =
        read(
            "{'type':'post','text':'%s','mentions':[{'link':'%s'}]}"
                .formatted(text.replace("%s", POST.toString()), POST));
    assertEquals(1, read.size());
    assertInstanceOf(DomainEvent.PostPublished.class, read.getFirst());
  }

  @Test
  void aLinkWithAWarningIsNoBoost() {
    assertEquals(
        1,
        read("{'type':'post','text':'%s','contentWarning':'bees','mentions':[{'link':'%s'}]}"
                .formatted(POST, POST))
            .size());
  }

  @Test
  void anAnswerThatIsOnlyALinkIsAnAnswer() {
    assertInstanceOf(
        DomainEvent.PostPublished.class,
        read("{'type':'post','text':'%s','root':'%s','mentions':[{'link':'%s'}]}"
                .formatted(POST, message(2), POST))
            .getFirst());
  }
}
