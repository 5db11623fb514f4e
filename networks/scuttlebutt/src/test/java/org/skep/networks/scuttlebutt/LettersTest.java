package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.networks.scuttlebutt.privatebox.SealedContent;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/** What is sealed in private boxes, written and read. */
class LettersTest {
  private static final AccountId ANA = new AccountId(1);
  private static final AccountId BEN = new AccountId(2);
  private static final SeedIdentity EVE = SeedIdentity.numbered(9);
  private static final Ref OPERATION = new Ref(NetworkId.HOME, "ab".repeat(32));

  private final FakeKernel kernel = new FakeKernel();
  private final Random random = new Random(5);
  private final ScuttlebuttNetwork network =
      new ScuttlebuttNetwork(
          kernel.vault,
          kernel.feeds,
          new VirtualClock(1_700_000_000_000L),
          random::nextBytes,
          SignCap.NONE);
  private Ref ana = new Ref(ScuttlebuttNetwork.ID, "@");
  private Ref ben = ana;

  @BeforeEach
  void meet() {
    ana = kernel.store.write(Lane.OWN, tx -> network.createIdentity(tx, ANA, Optional.empty()));
    ben = kernel.store.write(Lane.OWN, tx -> network.createIdentity(tx, BEN, Optional.empty()));
  }

  private static Intent.Letter letter(String text, Target... readers) {
    return new Intent.Letter(List.of(readers), text, Optional.empty(), "", List.of());
  }

  private static Target at(Ref... names) {
    return new Target(List.of(names));
  }

  private Authored author(Intent intent) {
    return kernel.store.write(Lane.OWN, tx -> network.author(tx, ANA, intent, OPERATION));
  }

  private Authored.Written written(Intent intent) {
    return assertInstanceOf(Authored.Written.class, author(intent));
  }

  private static Fact kept(NewFact fact) {
    return new Fact(1, 1, fact, fact.claimedMillis(), 0, true, "test");
  }

  private Optional<Bytes> key(AccountId account, NewFact fact) {
    return kernel.store.write(
        Lane.OWN, tx -> network.opener(tx, account).orElseThrow().contentKey(kept(fact)));
  }

  private List<DomainEvent> opened(AccountId account, NewFact fact) {
    List<DomainEvent> events = network.interpret(kept(fact), key(account, fact));
    assertInstanceOf(DomainEvent.Sealed.class, events.getFirst());
    return events.subList(1, events.size());
  }

  /** A content that Eve sealed for Ana, as other programs may write it. */
  private NewFact sealedByEve(JsObject content) {
    return byEve(SealedContent.text(boxedForAna(content)));
  }

  private Bytes boxedForAna(JsObject content) {
    Bytes key = Ed25519.x25519Public(FeedId.parse(ana.id()).orElseThrow().key()).orElseThrow();
    return PrivateBox.seal(
            SealedContent.plain(content),
            List.of(key),
            new PrivateBox.Fresh(bytes(24), bytes(32), bytes(X25519.KEY_BYTES)))
        .orElseThrow()
        .box();
  }

  private static NewFact byEve(JsValue content) {
    ClassicAuthor author = new ClassicAuthor(new FeedId(EVE.publicKey()), EVE::sign, SignCap.NONE);
    ClassicMessage message =
        assertInstanceOf(ClassicCodec.Parsed.class, author.write(FeedState.EMPTY, 1, content))
            .message();
    return new NewFact(
        ScuttlebuttNetwork.refOf(message.id()),
        ScuttlebuttNetwork.refOf(message.author()),
        new LogPosition("", 1, Optional.empty()),
        1,
        Evidence.SELF_SIGNED,
        message.text());
  }

  private Bytes bytes(int length) {
    byte[] fresh = new byte[length];
    random.nextBytes(fresh);
    return Bytes.wrap(fresh);
  }

  private static JsObject post(String text) {
    return JsObject.EMPTY.with("type", "post").with("text", text);
  }

  @Test
  void aSlotWithAKeyThatOpensNothingIsNone() {
    Bytes box = boxedForAna(post("hello"));
    assertTrue(key(ANA, byEve(SealedContent.text(box))).isPresent());
    byte[] spoilt = box.toArray();
    spoilt[spoilt.length - 1] ^= 1;
    assertEquals(Optional.empty(), key(ANA, byEve(SealedContent.text(Bytes.wrap(spoilt)))));
  }

  @Test
  void aLetterGoesOutSealedAndIsReadByWhomItIsFor() {
    NewFact fact = written(letter("dear ben", at(ben))).fact();
    String bytes = fact.bytes().utf8();
    assertTrue(bytes.contains(".box\""), bytes);
    assertTrue(!bytes.contains("dear ben") && !bytes.contains(ben.id()), bytes);
    for (AccountId reader : List.of(ANA, BEN)) {
      DomainEvent.PostPublished read =
          assertInstanceOf(DomainEvent.PostPublished.class, opened(reader, fact).getFirst());
      assertEquals("dear ben", read.text());
      assertEquals(Optional.of(List.of(ana, ben)), read.readers());
      assertEquals(Optional.of(OPERATION), read.operation());
    }
  }

  @Test
  void theKeyThatIsKeptIsTheOneThatOpensIt() {
    Authored.Written written = written(letter("for myself"));
    assertEquals(key(ANA, written.fact()), written.contentKey());
    assertEquals(Optional.empty(), key(BEN, written.fact()));
  }

  @Test
  void withoutAKeyNothingIsSaidButThatItIsSealed() {
    NewFact fact = written(letter("dear ben", at(ben))).fact();
    assertEquals(
        List.of(new DomainEvent.Sealed(ana)), network.interpret(kept(fact), Optional.empty()));
    assertEquals(
        List.of(new DomainEvent.Sealed(ana)),
        network.interpret(kept(fact), Optional.of(Bytes.wrap(new byte[33]))));
  }

  @Test
  void sixOthersCanBeWrittenToAndNoMore() {
    Target[] others =
        IntStream.range(20, 27)
            .mapToObj(number ->
                at(ScuttlebuttNetwork.refOf(new FeedId(SeedIdentity.numbered(number).publicKey()))))
            .toArray(Target[]::new);
    written(letter("to six", List.of(others).subList(0, 6).toArray(Target[]::new)));
    assertEquals(
        new Authored.CannotDo("on Scuttlebutt a letter is for at most 6 others"),
        author(letter("to seven", others)));
  }

  @Test
  void whoIsElsewhereCanNotBeWrittenTo() {
    assertEquals(
        new Authored.CannotDo("one of those it is for is not on Scuttlebutt"),
        author(letter("hello", at(ben), at(OPERATION))));
  }

  @Test
  void aKeyThatIsNoPointIsRefusedInWords() {
    FeedId none = FeedId.parse("@" + Bytes.wrap(new byte[32]).base64() + ".ed25519").orElseThrow();
    assertEquals(
        new Authored.CannotDo("the key of one of the readers is none that can open it"),
        author(letter("hello", at(ScuttlebuttNetwork.refOf(none)))));
  }

  @Test
  void anAnswerStandsInItsThread() {
    Ref root = written(letter("one", at(ben))).fact().id();
    Intent.Reply reply = new Intent.Reply(at(root), at(root), at(ben), List.of(at(root)));
    NewFact answer =
        written(new Intent.Letter(List.of(at(ben)), "two", Optional.of(reply), "mind", List.of()))
            .fact();
    DomainEvent.PostPublished read =
        assertInstanceOf(DomainEvent.PostPublished.class, opened(BEN, answer).getFirst());
    assertEquals(Optional.of(root), read.root());
    assertEquals(List.of(root), read.parents());
    assertEquals("mind", read.contentWarning());
  }

  @Test
  void readersAreReadInEveryShape() {
    JsValue recps =
        new JsArray(
            List.of(
                new JsString(ana.id()),
                JsObject.EMPTY.with("link", ben.id()).with("name", "Ben"),
                new JsString("nobody"),
                JsObject.EMPTY));
    DomainEvent.PostPublished read =
        assertInstanceOf(
            DomainEvent.PostPublished.class,
            opened(ANA, sealedByEve(post("hi").with("recps", recps))).getFirst());
    Ref eve = ScuttlebuttNetwork.refOf(new FeedId(EVE.publicKey()));
    assertEquals(Optional.of(List.of(eve, ana, ben)), read.readers());
  }

  @Test
  void aLetterThatNamesNoReadersIsALetterAllTheSame() {
    DomainEvent.PostPublished read =
        assertInstanceOf(
            DomainEvent.PostPublished.class, opened(ANA, sealedByEve(post("hi"))).getFirst());
    assertTrue(read.readers().isPresent());
  }

  @Test
  void whatWasSaidToOneselfOfSomebodyStaysPrivate() {
    JsObject block =
        JsObject.EMPTY
            .with("type", "contact")
            .with("contact", ben.id())
            .with("blocking", new JsBool(true));
    Ref eve = ScuttlebuttNetwork.refOf(new FeedId(EVE.publicKey()));
    assertEquals(
        List.of(new DomainEvent.Related(eve, ben, FollowState.BLOCKING, false)),
        opened(ANA, sealedByEve(block)));
  }

  @Test
  void whatIsSealedAndOfAnotherKindSaysNothing() {
    assertEquals(List.of(), opened(ANA, sealedByEve(JsObject.EMPTY.with("type", "chess"))));
    assertEquals(
        List.of(),
        opened(ANA, sealedByEve(JsObject.EMPTY.with("type", "about").with("about", ana.id()))));
  }

  @Test
  void theNewerBoxIsKeptAndNotRead() {
    NewFact fact = byEve(new JsString(bytes(300).base64() + ".box2"));
    assertEquals(Optional.empty(), key(ANA, fact));
    assertEquals(1, network.interpret(kept(fact), Optional.empty()).size());
    assertInstanceOf(org.skep.kernel.Checked.Sound.class, network.check(fact.bytes()));
  }

  @Test
  void whatIsInABoxIsHostileToo() {
    for (String plain :
        List.of("", "[]", "null", "{", "{\"type\":7}", "[".repeat(5_000), "\"post\"")) {
      Bytes key = Ed25519.x25519Public(FeedId.parse(ana.id()).orElseThrow().key()).orElseThrow();
      PrivateBox.Boxed boxed =
          PrivateBox.seal(
                  Bytes.ofUtf8(plain),
                  List.of(key),
                  new PrivateBox.Fresh(bytes(24), bytes(32), bytes(32)))
              .orElseThrow();
      assertEquals(List.of(), opened(ANA, byEve(SealedContent.text(boxed.box()))), plain);
    }
  }
}
