package org.skep.networks.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.home.operation.Extensions;
import org.skep.networks.home.operation.Operation;
import org.skep.networks.home.operation.OperationAuthor;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.networks.home.operation.Reading;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;

class HomeNetworkTest {
  private static final AccountId ANA = new AccountId(1);
  private static final NetworkId SSB = new NetworkId("ssb");
  private static final Ref BEN = new Ref(SSB, "@ben");
  private static final Ref BENS_POST = new Ref(SSB, "%post");

  private final HomeFakes.HeldVault vault = new HomeFakes.HeldVault();
  private final HomeFakes.HeldFeeds feeds = new HomeFakes.HeldFeeds();
  private final HomeFakes.NoTx tx = new HomeFakes.NoTx();
  private final HomeNetwork network = new HomeNetwork(vault);
  private final HomeOwnLog log =
      new HomeOwnLog(
          vault, feeds, new HomeFakes.StoppedClock(1_700_000_000_123L), new HomeFakes.Counting());

  private Ref ana = new Ref(NetworkId.HOME, "-");

  @BeforeEach
  void arrive() {
    assertEquals(Optional.empty(), log.author(tx, ANA));
    ana = network.createIdentity(tx, ANA, Optional.empty());
    assertEquals(Optional.of(ana), log.author(tx, ANA));
  }

  @Test
  void anOwnPostIsSoundAndSaysWhatWasMeant() {
    Intent.Post intent =
        new Intent.Post(
            Audience.ANYBODY,
            "Good morning @Ben",
            Optional.empty(),
            "birds",
            List.of(new Intent.Mention(new Target(List.of(BEN)), "Ben")),
            List.of());
    Authored.Written written = log.write(tx, ANA, intent);
    assertEquals(Optional.empty(), written.contentKey());

    NewFact fact = written.fact();
    assertEquals(new LogPosition("posts", 0, Optional.empty()), fact.position());
    assertEquals(ana, fact.author());
    assertEquals(1_700_000_000_123L, fact.claimedMillis());
    assertEquals(Evidence.OWN, fact.evidence());
    NewFact checked = assertInstanceOf(Checked.Sound.class, network.check(fact.bytes())).fact();
    assertEquals(
        new NewFact(
            fact.id(),
            ana,
            fact.position(),
            fact.claimedMillis(),
            Evidence.SELF_SIGNED,
            fact.bytes()),
        checked);

    assertEquals(
        List.of(
            new DomainEvent.PostPublished(
                ana,
                fact.id(),
                Optional.empty(),
                "Good morning @Ben",
                Optional.empty(),
                List.of(),
                "birds",
                List.of(new DomainEvent.Mentioned(BEN, "Ben")),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty())),
        events(written));
  }

  @Test
  void aReplyNamesTheNearestFaceFirst() {
    Ref operation = new Ref(NetworkId.HOME, "0b".repeat(32));
    Target both = new Target(List.of(BENS_POST, operation));
    Intent.Reply reply = new Intent.Reply(both, both, new Target(List.of(BEN)), List.of(both));
    Authored.Written written =
        log.write(
            tx,
            ANA,
            new Intent.Post(Audience.ANYBODY, "Yes", Optional.of(reply), "", List.of(), List.of()));
    DomainEvent.PostPublished event =
        assertInstanceOf(DomainEvent.PostPublished.class, events(written).getFirst());
    assertEquals(Optional.of(operation), event.root());
    assertEquals(List.of(operation, BENS_POST), event.parents());
  }

  @Test
  void hashtagsInAPostAreItsTags() {
    Authored.Written written =
        log.write(
            tx,
            ANA,
            new Intent.Post(
                Audience.ANYBODY,
                "#Bees and #new-people, not `#code`",
                Optional.empty(),
                "",
                List.of(),
                List.of()));
    DomainEvent.PostPublished event =
        assertInstanceOf(DomainEvent.PostPublished.class, events(written).getFirst());
    assertEquals(List.of("bees", "new-people"), event.tags());
  }

  @Test
  void operationsOfOneLogFollowEachOtherAndLogsStandApart() {
    Authored.Written first = keep(log.write(tx, ANA, new Intent.Describe(ProfileField.NAME, "A")));
    Authored.Written post = keep(log.write(tx, ANA, post("Hello")));
    Authored.Written second =
        keep(log.write(tx, ANA, new Intent.Describe(ProfileField.NAME, "Ana")));
    assertEquals(
        new LogPosition("people", 1, Optional.of(first.fact().id().id())),
        second.fact().position());
    assertEquals(new LogPosition("posts", 0, Optional.empty()), post.fact().position());
    assertInstanceOf(Checked.Sound.class, network.check(second.fact().bytes()));
  }

  @Test
  void whatIsOnlyForHerselfIsSealed() {
    Target post = new Target(List.of(BENS_POST));
    Authored.Written written = log.write(tx, ANA, new Intent.Bookmark(post, true));
    assertEquals("private", written.fact().position().log());
    assertTrue(written.contentKey().isPresent());
    assertFalse(written.fact().bytes().hex().contains(Bytes.ofUtf8(BENS_POST.id()).hex()));
    assertEquals(List.of(), network.interpret(fact(written.fact()), Optional.empty()));
    assertEquals(
        List.of(),
        network.interpret(fact(written.fact()), Optional.of(Digests.sha256(Bytes.EMPTY))));
    assertEquals(List.of(new DomainEvent.Bookmarked(ana, BENS_POST, true)), events(written));
  }

  @Test
  void everyOtherIntentComesBackAsItsEvent() {
    Target ben = new Target(List.of(BEN));
    Target post = new Target(List.of(BENS_POST));
    assertEquals(
        List.of(new DomainEvent.Related(ana, BEN, FollowState.FOLLOWING, true)),
        events(
            log.write(tx, ANA, new Intent.Relate(ben, FollowState.FOLLOWING, Audience.ANYBODY))));
    Authored.Written block =
        log.write(tx, ANA, new Intent.Relate(ben, FollowState.BLOCKING, Audience.MYSELF));
    assertEquals("private", block.fact().position().log());
    assertEquals(
        List.of(new DomainEvent.Related(ana, BEN, FollowState.BLOCKING, false)), events(block));
    assertEquals(
        List.of(new DomainEvent.Reacted(ana, BENS_POST, "🐝", false)),
        events(log.write(tx, ANA, new Intent.React(post, ben, "🐝", false))));
    assertEquals(
        List.of(new DomainEvent.PersonDescribed(ana, ana, ProfileField.DESCRIPTION, "")),
        events(log.write(tx, ANA, new Intent.Describe(ProfileField.DESCRIPTION, ""))));
    for (String picture : List.of("0123456789abcdef".repeat(4), "")) {
      assertEquals(
          List.of(new DomainEvent.PersonDescribed(ana, ana, ProfileField.PICTURE, picture)),
          events(log.write(tx, ANA, new Intent.Describe(ProfileField.PICTURE, picture))));
    }
    assertEquals(
        List.of(new DomainEvent.FaceDeclared(ana, BEN)),
        events(log.write(tx, ANA, new Intent.DeclareFace(ana, BEN))));
    assertEquals(
        List.of(new DomainEvent.ReadUpTo(ana, "home", new PostId(123L))),
        events(log.write(tx, ANA, new Intent.ReadUpTo("home", new PostId(123)))));
  }

  @Test
  void aPictureThatIsNoHashSaysNothing() {
    for (String picture :
        List.of("x", "0123456789ABCDEF".repeat(4), "0".repeat(63), "0".repeat(65), " ")) {
      assertEquals(
          List.of(),
          events(log.write(tx, ANA, new Intent.Describe(ProfileField.PICTURE, picture))),
          picture);
    }
  }

  @Test
  void whatIsNotTrueIsUnsound() {
    Bytes good = log.write(tx, ANA, post("Hello")).fact().bytes();
    byte[] touched = good.toArray();
    touched[touched.length - 1] ^= 1;
    for (Bytes bytes :
        List.of(Bytes.EMPTY, Bytes.wrap(touched), good.slice(0, good.length() - 1))) {
      assertInstanceOf(Checked.Unsound.class, network.check(bytes));
    }
  }

  @Test
  void anOperationThatSaysNoLogTimeOrAudienceIsUnsound() {
    Bytes seed = Digests.sha256(Bytes.ofUtf8("seed"));
    Operation bare =
        OperationAuthor.write(
            Ed25519.publicKey(seed),
            message -> Ed25519.sign(seed, message),
            0,
            null,
            Extensions.NONE,
            null);
    assertInstanceOf(Checked.Unsound.class, network.check(OperationCodec.encode(bare)));
  }

  @Test
  void anOperationWithoutItsBodyIsSoundAndSaysNothing() {
    Authored.Written written = log.write(tx, ANA, post("Hello"));
    Operation whole =
        assertInstanceOf(Reading.Read.class, OperationCodec.decode(written.fact().bytes()))
            .operation();
    Bytes bytes = OperationCodec.encode(whole.withoutBody());
    NewFact bare = assertInstanceOf(Checked.Sound.class, network.check(bytes)).fact();
    assertEquals(written.fact().id(), bare.id());
    assertEquals(List.of(), network.interpret(fact(bare), Optional.empty()));
  }

  @Test
  void aKeyIsNotBroughtAlongAndTheOwnLogIsNoFace() {
    assertThrows(
        IllegalArgumentException.class,
        () -> network.createIdentity(tx, new AccountId(2), Optional.of("secret")));
    assertInstanceOf(Authored.CannotDo.class, network.author(tx, ANA, post("Hello"), ana));
  }

  @Test
  void aPersonIsNamedByHerKey() {
    assertEquals(
        Optional.of(ana), network.parsePerson(" " + ana.id().toUpperCase(Locale.ROOT) + "\n"));
    assertEquals(Optional.empty(), network.parsePerson("@ben"));
    assertEquals(Optional.empty(), network.parsePerson(ana.id() + "0"));
  }

  private static Intent.Post post(String text) {
    return new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), List.of());
  }

  private Authored.Written keep(Authored.Written written) {
    feeds.append(tx, fact(written.fact()));
    return written;
  }

  private List<DomainEvent> events(Authored.Written written) {
    return network.interpret(fact(written.fact()), written.contentKey());
  }

  private static Fact fact(NewFact content) {
    return new Fact(1, 100_000_000_000_000_001L, content, content.claimedMillis(), 0, true, "test");
  }
}
