package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Randomness;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

class ScuttlebuttNetworkTest {
  private static final AccountId ANA = new AccountId(1);
  private static final long NOW_MILLIS = 1_700_000_000_000L;
  private static final Ref OPERATION = new Ref(NetworkId.HOME, "ab".repeat(32));
  private static final SeedIdentity OLD = SeedIdentity.numbered(9);
  private static final FeedId OLD_FEED = new FeedId(OLD.publicKey());

  private final FakeKernel kernel = new FakeKernel();
  private final VirtualClock clock = new VirtualClock(NOW_MILLIS);
  private final Randomness randomness = new Random(7)::nextBytes;
  private final ScuttlebuttNetwork network = network(SignCap.NONE);

  private ScuttlebuttNetwork network(SignCap cap) {
    return new ScuttlebuttNetwork(kernel.vault, kernel.feeds, clock, randomness, cap);
  }

  private <T> T inTx(Store.Work<T> work) {
    return kernel.store.write(Lane.OWN, work);
  }

  private Ref createIdentity(Optional<String> secret) {
    return inTx(tx -> network.createIdentity(tx, ANA, secret));
  }

  private Authored author(String text) {
    Intent post =
        new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), List.of());
    return inTx(tx -> network.author(tx, ANA, post, OPERATION));
  }

  /** Writes a post and keeps it, as the engine does in one transaction. */
  private NewFact post(String text) throws InterruptedException {
    NewFact fact = assertInstanceOf(Authored.Written.class, author(text)).fact();
    keep(fact.bytes());
    return fact;
  }

  private void keep(Bytes message) throws InterruptedException {
    List<Verdict> verdicts =
        kernel.inbox.offer(
            List.of(new RawItem(ScuttlebuttNetwork.ID, message)), new Origin("test", Lane.OWN));
    assertInstanceOf(Verdict.Accepted.class, verdicts.getFirst());
  }

  private static ClassicMessage message(SignCap cap, FeedState state, JsValue content) {
    ClassicAuthor author = new ClassicAuthor(OLD_FEED, OLD::sign, cap);
    return assertInstanceOf(
            ClassicCodec.Parsed.class, author.write(state, NOW_MILLIS - 86_400_000.5, content))
        .message();
  }

  private static JsObject content(String text) {
    return JsObject.EMPTY.with("type", "post").with("text", text);
  }

  private static FeedState after(ClassicMessage message) {
    return new FeedState.Head(message.id(), message.sequence());
  }

  private static Fact kept(NewFact fact) {
    return new Fact(1, 1, fact, fact.claimedMillis(), NOW_MILLIS, true, "test");
  }

  private static String secretFile(SeedIdentity identity) {
    Bytes both = Bytes.concat(identity.seed(), identity.publicKey().bytes());
    return "# keep this\n{\"private\":\"" + both.base64() + ".ed25519\"}\n# keep this";
  }

  @Test
  void aSoundMessageBecomesAFactWithItsPlaceAndItsBytes() {
    ClassicMessage first = message(SignCap.NONE, FeedState.EMPTY, content("one"));
    ClassicMessage second = message(SignCap.NONE, after(first), content("two"));
    Ref author = new Ref(ScuttlebuttNetwork.ID, OLD_FEED.toString());
    NewFact fact =
        new NewFact(
            new Ref(ScuttlebuttNetwork.ID, second.id().toString()),
            author,
            new LogPosition("", 2, Optional.of(first.id().toString())),
            NOW_MILLIS - 86_400_001,
            Evidence.SELF_SIGNED,
            second.text());
    assertEquals(sound(fact), network.check(second.text()));
    assertEquals(
        sound(fact),
        network.check(new RawItem(ScuttlebuttNetwork.ID, second.text(), Optional.of(second))));
  }

  /** What it says is what is read of it later, when it is kept. */
  private Checked sound(NewFact fact) {
    return new Checked.Sound(fact, Optional.of(network.interpret(kept(fact), Optional.empty())));
  }

  @Test
  void whatIsOutOfShapeForgedOrOfAnotherNetworkIsUnsound() {
    ClassicMessage message = message(SignCap.NONE, FeedState.EMPTY, content("one"));
    SignCap cap = SignCap.of(Bytes.ofHex("07".repeat(32)));
    for (Bytes bytes :
        List.of(
            Bytes.EMPTY,
            Bytes.ofUtf8("{}"),
            Bytes.ofUtf8(message.text().utf8().replace("one", "two")),
            message(cap, FeedState.EMPTY, content("one")).text())) {
      assertInstanceOf(Checked.Unsound.class, network.check(bytes), bytes.utf8());
    }
    assertInstanceOf(Checked.Unsound.class, network(cap).check(message.text()));
  }

  @Test
  void theSameBytesAreJudgedAndReadTheSameEveryTime() {
    ClassicMessage message = message(SignCap.NONE, FeedState.EMPTY, content("é ✓ 😀"));
    Checked first = network.check(message.text());
    Fact fact = kept(assertInstanceOf(Checked.Sound.class, first).fact());
    List<DomainEvent> events = network.interpret(fact, Optional.empty());
    assertEquals(1, events.size());
    clock.set(NOW_MILLIS * 2);
    createIdentity(Optional.of(secretFile(OLD)));
    assertEquals(first, network.check(message.text()));
    assertEquals(events, network.interpret(fact, Optional.empty()));
    assertEquals(events, network.interpret(fact, Optional.of(Bytes.EMPTY)));
    Checked elsewhere = new ScuttlebuttNetworkTest().network.check(message.text());
    assertEquals(first, elsewhere);
  }

  @Test
  void aPrivateMessageSaysOnlyThatItIsSealed() {
    ClassicMessage sealed = message(SignCap.NONE, FeedState.EMPTY, new JsString("AAAA.box"));
    NewFact fact = assertInstanceOf(Checked.Sound.class, network.check(sealed.text())).fact();
    assertEquals(
        List.of(new DomainEvent.Sealed(ScuttlebuttNetwork.refOf(sealed.author()))),
        network.interpret(kept(fact), Optional.empty()));
  }

  @Test
  void whatIsWrittenFollowsTheEndOfTheFeedAndIsReadAgain() throws InterruptedException {
    Ref ana = createIdentity(Optional.empty());
    NewFact first = post("one");
    NewFact second = post("two");
    assertEquals(new LogPosition("", 1, Optional.empty()), first.position());
    assertEquals(new LogPosition("", 2, Optional.of(first.id().id())), second.position());
    assertEquals(ana, second.author());
    assertEquals(Evidence.OWN, second.evidence());
    assertEquals(
        sound(
            new NewFact(
                second.id(),
                second.author(),
                second.position(),
                second.claimedMillis(),
                Evidence.SELF_SIGNED,
                second.bytes())),
        network.check(second.bytes()));
    DomainEvent.PostPublished post =
        assertInstanceOf(
            DomainEvent.PostPublished.class,
            network.interpret(kept(second), Optional.empty()).getFirst());
    assertEquals("two", post.text());
    assertEquals(Optional.of(OPERATION), post.operation());
  }

  @Test
  void aClaimedTimeIsTheClocksButAlwaysLaterThanTheOneBefore() throws InterruptedException {
    createIdentity(Optional.empty());
    assertEquals(NOW_MILLIS, post("one").claimedMillis());
    assertEquals(NOW_MILLIS + 1, post("in the same millisecond").claimedMillis());
    clock.set(NOW_MILLIS - 1_000_000);
    assertEquals(NOW_MILLIS + 2, post("the clock was put back").claimedMillis());
    clock.set(NOW_MILLIS + 1_000_000);
    assertEquals(NOW_MILLIS + 1_000_000, post("the clock is right again").claimedMillis());
  }

  @Test
  void whatScuttlebuttCannotCarryIsSaidBefore() {
    createIdentity(Optional.empty());
    Authored.CannotDo refused =
        assertInstanceOf(Authored.CannotDo.class, author("x".repeat(8_192)));
    assertTrue(refused.reason().startsWith("Scuttlebutt can't carry this: "), refused.reason());
  }

  @Test
  void anIdentityThatWasBroughtAlongWritesNothingBeforeItResumes() throws InterruptedException {
    String untilThen = " Until all of it has come from friends, nothing new is written.";
    assertEquals(ScuttlebuttNetwork.refOf(OLD_FEED), createIdentity(Optional.of(secretFile(OLD))));
    assertEquals(
        new Authored.CannotDo(
            "Nothing of what you wrote on Scuttlebutt before is here yet." + untilThen),
        author("too early"));

    ClassicMessage first = message(SignCap.NONE, FeedState.EMPTY, content("long ago"));
    ClassicMessage second = message(SignCap.NONE, after(first), content("later"));
    keep(first.text());
    keep(second.text());
    assertEquals(
        new Authored.CannotDo(
            "Of what you wrote on Scuttlebutt before, 2 entries are here, the newest of"
                + " 2023-11-13."
                + untilThen),
        author("still too early"));

    inTx(tx -> {
      network.resume(tx, ANA);
      return true;
    });
    assertEquals(Optional.empty(), inTx(tx -> network.resting(tx, ANA)));
    NewFact third = assertInstanceOf(Authored.Written.class, author("now")).fact();
    assertEquals(new LogPosition("", 3, Optional.of(second.id().toString())), third.position());
  }

  @Test
  void anIdentityMadeHereDoesNotRest() {
    createIdentity(Optional.empty());
    assertEquals(Optional.empty(), inTx(tx -> network.resting(tx, ANA)));
  }

  @Test
  void aSecretThatIsNoneIsRefusedInWords() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> createIdentity(Optional.of("my password")));
    assertTrue(String.valueOf(refused.getMessage()).length() > 10, refused::toString);
  }

  @Test
  void aPersonIsRecognisedByHerNameInEitherSpelling() {
    Optional<Ref> person = Optional.of(ScuttlebuttNetwork.refOf(OLD_FEED));
    String key = OLD.publicKey().bytes().base64();
    assertEquals(person, network.parsePerson(" @" + key + ".ed25519\n"));
    assertEquals(
        person, network.parsePerson("ssb:feed/classic/" + key.replace('+', '-').replace('/', '_')));
    assertEquals(Optional.empty(), network.parsePerson("ana@example.org"));
    assertEquals(Optional.empty(), network.parsePerson(key));
  }
}
