package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What is written means to others, and to us, what was meant. */
class ScuttlebuttMapperTest {
  private static final FeedId ANA = feed(1);
  private static final FeedId BEN = feed(2);
  private static final FeedId EVE = feed(3);
  private static final Ref ANAS = ScuttlebuttNetwork.refOf(ANA);
  private static final Ref BENS = ScuttlebuttNetwork.refOf(BEN);
  private static final MessageId HERE = message(0);
  private static final MessageId ROOT = message(1);
  private static final MessageId PARENT = message(2);
  private static final MessageId TIP = message(3);
  private static final Ref OPERATION = new Ref(NetworkId.HOME, "ab".repeat(32));
  private static final Ref HOME_KEY = new Ref(NetworkId.HOME, "cd".repeat(32));

  private static FeedId feed(int number) {
    return new FeedId(SeedIdentity.numbered(number).publicKey());
  }

  private static MessageId message(int number) {
    byte[] hash = new byte[32];
    hash[0] = (byte) number;
    return new MessageId(new Hash(Bytes.wrap(hash)));
  }

  private static Target at(FeedId feed) {
    return new Target(List.of(HOME_KEY, ScuttlebuttNetwork.refOf(feed)));
  }

  private static Target at(MessageId message) {
    return new Target(List.of(OPERATION, ScuttlebuttNetwork.refOf(message)));
  }

  private static final Target ELSEWHERE = new Target(List.of(OPERATION));

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

  private static void assertSaid(String content, Intent intent) {
    assertEquals(json(content).with("operation", OPERATION.id()), said(intent));
  }

  /** The events that the author's own node makes of what it wrote. */
  private static List<DomainEvent> readAgain(Intent intent) {
    return ScuttlebuttMapper.events(ANA, HERE, said(intent));
  }

  private static void assertUnsayable(String reason, Intent intent) {
    assertEquals(
        new ScuttlebuttSayings.Unsayable(reason), ScuttlebuttSayings.of(ANA, intent, OPERATION));
  }

  private static DomainEvent.PostPublished published(
      String text, Optional<Ref> root, List<Ref> parents) {
    return new DomainEvent.PostPublished(
        ANAS,
        ScuttlebuttNetwork.refOf(HERE),
        Optional.of(OPERATION),
        text,
        root,
        parents,
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Intent.Post post(String text, Optional<Intent.Reply> reply) {
    return new Intent.Post(Audience.ANYBODY, text, reply, "", List.of(), List.of());
  }

  private static Optional<Intent.Reply> reply(MessageId root, MessageId parent, MessageId... tips) {
    return Optional.of(
        new Intent.Reply(
            at(root),
            at(parent),
            at(BEN),
            List.of(tips).stream().map(ScuttlebuttMapperTest::at).toList()));
  }

  private static List<Ref> refs(MessageId... messages) {
    return List.of(messages).stream().map(ScuttlebuttNetwork::refOf).toList();
  }

  @Test
  void aPostGoesOutAndComesBack() {
    Intent.Post hello = post("hello *you*", Optional.empty());
    assertSaid("{'type':'post','text':'hello *you*'}", hello);
    assertEquals(List.of(published("hello *you*", Optional.empty(), List.of())), readAgain(hello));
  }

  @Test
  void aWarningAndThoseWhoAreNamedTravelWithAPost() {
    Intent.Post post =
        new Intent.Post(
            Audience.ANYBODY,
            "look, @Ben and @Eve",
            Optional.empty(),
            "spiders",
            List.of(new Intent.Mention(at(BEN), "Ben"), new Intent.Mention(ELSEWHERE, "Eve")),
            List.of());
    assertSaid(
        "{'type':'post','text':'look, @Ben and @Eve','mentions':[{'link':'"
            + BEN
            + "','name':'Ben'}],'contentWarning':'spiders'}",
        post);
    assertEquals(
        List.of(
            new DomainEvent.PostPublished(
                ANAS,
                ScuttlebuttNetwork.refOf(HERE),
                Optional.of(OPERATION),
                "look, @Ben and @Eve",
                Optional.empty(),
                List.of(),
                "spiders",
                List.of(new DomainEvent.Mentioned(BENS, "Ben")),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty())),
        readAgain(post));
  }

  @Test
  void onlyPeopleAreMentioned() {
    DomainEvent.PostPublished post =
        assertInstanceOf(
            DomainEvent.PostPublished.class,
            read("{'type':'post','text':'t','mentions':['#bees','" + ROOT + "','" + EVE + "']}")
                .getFirst());
    assertEquals(
        List.of(new DomainEvent.Mentioned(ScuttlebuttNetwork.refOf(EVE), "")), post.mentions());
  }

  private static DomainEvent.PostPublished readPost(String fields) {
    return assertInstanceOf(
        DomainEvent.PostPublished.class,
        read("{'type':'post','text':'t'" + fields + "}").getFirst());
  }

  @Test
  void whoeverStandsInTheTextAloneIsMentioned() {
    assertEquals(
        List.of(
            new DomainEvent.Mentioned(BENS, "ben"),
            new DomainEvent.Mentioned(ScuttlebuttNetwork.refOf(EVE), "eve")),
        assertInstanceOf(
                DomainEvent.PostPublished.class,
                read("{'type':'post','text':'[@eve](%s)','mentions':[{'link':'%s','name':'@ben'}]}"
                        .formatted(EVE, BEN))
                    .getFirst())
            .mentions());
  }

  @Test
  void hashtagsGoOutAsMentionsAndComeBackAsTags() {
    Intent.Post post = post("for #NewPeople and #bees, not `#code`; #Bees", Optional.empty());
    assertSaid(
        "{'type':'post','text':'for #NewPeople and #bees, not `#code`; #Bees',"
            + "'mentions':[{'link':'#NewPeople'},{'link':'#bees'}]}",
        post);
    DomainEvent.PostPublished again =
        assertInstanceOf(DomainEvent.PostPublished.class, readAgain(post).getFirst());
    assertEquals(List.of("newpeople", "bees"), again.tags());
  }

  @Test
  void aChannelIsATag() {
    assertEquals(
        List.of("new-people", "2026"),
        readPost(",'channel':'New-People','mentions':['#2026',{'link':'#new-people'}]").tags());
    assertEquals(List.of("a".repeat(30)), readPost(",'channel':'" + "A".repeat(31) + "'").tags());
  }

  @Test
  void aWarningWithoutWordsIsGivenOne() {
    assertEquals("", readPost("").contentWarning());
    assertEquals("Sensitive", readPost(",'contentWarning':' '").contentWarning());
    assertEquals("Sensitive", readPost(",'contentWarning':true").contentWarning());
    assertEquals("*loud*", readPost(",'contentWarning':'*loud*'").contentWarning());
  }

  @Test
  void whoNamesOnlyWhatSheAnswersAnswersThat() {
    DomainEvent.PostPublished rootless = readPost(",'branch':['" + PARENT + "','" + TIP + "']");
    assertEquals(refs(PARENT).getFirst(), rootless.root().orElseThrow());
    assertEquals(refs(PARENT, TIP), rootless.parents());
    DomainEvent.PostPublished forked = readPost(",'fork':'" + ROOT + "'");
    assertEquals(refs(ROOT).getFirst(), forked.root().orElseThrow());
    assertEquals(refs(ROOT), forked.parents());
  }

  @Test
  void aForkAnswersWhatItGrewOutOfAndNotTheOldBeginning() {
    DomainEvent.PostPublished fork =
        readPost(",'root':'%s','fork':'%s','branch':['%s']".formatted(PARENT, ROOT, PARENT));
    assertEquals(refs(PARENT).getFirst(), fork.root().orElseThrow());
    assertEquals(refs(PARENT), fork.parents());
  }

  @Test
  void whatIsNotKnownIsACard() {
    DomainEvent.PostPublished card =
        assertInstanceOf(
            DomainEvent.PostPublished.class,
            read("{'type':'gathering','title':'Picnic','with':'%s','root':'%s','contentWarning':''}"
                    .formatted(BEN, ROOT))
                .getFirst());
    assertEquals(Optional.of("gathering"), card.kind());
    assertEquals("**Picnic**\n\n- with: [@](" + BEN + ")", card.text());
    assertEquals(List.of(new DomainEvent.Mentioned(BENS, "")), card.mentions());
    assertEquals(refs(ROOT), card.parents());
    assertEquals("Sensitive", card.contentWarning());
    assertEquals(Optional.empty(), readPost("").kind());
  }

  @Test
  void aReplyNamesTheThreadsEndsForOthersAndWhatItAnswersForUs() {
    Intent.Post answer = post("yes", reply(ROOT, PARENT, TIP, PARENT));
    assertSaid(
        "{'type':'post','text':'yes','root':'%s','branch':['%s','%s'],'reply':{'%s':'%s'}}"
            .formatted(ROOT, TIP, PARENT, PARENT, BEN),
        answer);
    assertEquals(
        List.of(
            published("yes", Optional.of(ScuttlebuttNetwork.refOf(ROOT)), refs(PARENT, ROOT, TIP))),
        readAgain(answer));
  }

  @Test
  void aReplyWithoutKnownEndsBranchesFromWhatItAnswers() {
    assertSaid(
        "{'type':'post','text':'yes','root':'%s','branch':['%s'],'reply':{'%s':'%s'}}"
            .formatted(ROOT, PARENT, PARENT, BEN),
        post("yes", reply(ROOT, PARENT)));
  }

  @Test
  void whatOthersAnswerIsTheOneEndTheySawElseTheBeginning() {
    String root = "{'type':'post','text':'t','root':'" + ROOT + "'";
    assertParents(refs(ROOT), root + "}");
    assertParents(refs(PARENT, ROOT), root + ",'branch':'" + PARENT + "'}");
    assertParents(refs(ROOT, PARENT, TIP), root + ",'branch':['" + PARENT + "','" + TIP + "']}");
    assertParents(
        refs(TIP, ROOT, PARENT),
        root + ",'branch':['" + PARENT + "','" + TIP + "'],'reply':{'" + TIP + "':null}}");
    assertParents(refs(ROOT), root + ",'reply':{'nonsense':true}}");
    assertParents(
        refs(PARENT, ROOT),
        "{'type':'post','text':'t','root':['" + ROOT + "'],'branch':['" + PARENT + "']}");
  }

  private static void assertParents(List<Ref> expected, String content) {
    DomainEvent.PostPublished post =
        assertInstanceOf(DomainEvent.PostPublished.class, read(content).getFirst());
    assertEquals(Optional.of(ScuttlebuttNetwork.refOf(ROOT)), post.root());
    assertEquals(expected, post.parents(), content);
  }

  @Test
  void aReplyToWhatIsNotHereCannotBeSaid() {
    String reason = "what this answers is not on Scuttlebutt";
    Intent.Reply rootless = new Intent.Reply(ELSEWHERE, at(PARENT), at(BEN), List.of());
    Intent.Reply parentless = new Intent.Reply(at(ROOT), ELSEWHERE, at(BEN), List.of());
    assertUnsayable(reason, post("yes", Optional.of(rootless)));
    assertUnsayable(reason, post("yes", Optional.of(parentless)));
  }

  @Test
  void aPublicPostThatNamesReadersIsNotSpread() {
    assertEquals(
        List.of(), read("{'type':'post','text':'psst','recps':['" + ANA + "','" + BEN + "']}"));
    assertEquals(1, read("{'type':'post','text':'hello','recps':[]}").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'AB'",
        "'xyz'",
        "7",
        "null",
        "'ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB'"
      })
  void anOperationOutOfShapeIsNone(String operation) {
    DomainEvent.PostPublished post =
        assertInstanceOf(
            DomainEvent.PostPublished.class,
            read("{'type':'post','text':'t','operation':" + operation + "}").getFirst());
    assertEquals(Optional.empty(), post.operation());
  }

  @Test
  void aNameAndADescriptionGoOutAndComeBack() {
    Intent name = new Intent.Describe(ProfileField.NAME, "Ana ✓");
    Intent words = new Intent.Describe(ProfileField.DESCRIPTION, "keeps *bees*");
    assertSaid("{'type':'about','about':'" + ANA + "','name':'Ana ✓'}", name);
    assertSaid("{'type':'about','about':'" + ANA + "','description':'keeps *bees*'}", words);
    assertEquals(
        List.of(new DomainEvent.PersonDescribed(ANAS, ANAS, ProfileField.NAME, "Ana ✓")),
        readAgain(name));
    assertEquals(
        List.of(
            new DomainEvent.PersonDescribed(ANAS, ANAS, ProfileField.DESCRIPTION, "keeps *bees*")),
        readAgain(words));
  }

  @Test
  void whatSomebodySaysOfAnotherIsHerWordAlone() {
    assertEquals(
        List.of(
            new DomainEvent.PersonDescribed(ANAS, BENS, ProfileField.NAME, "Benny"),
            new DomainEvent.PersonDescribed(ANAS, BENS, ProfileField.DESCRIPTION, "a friend")),
        read(
            "{'type':'about','about':'%s','name':'Benny','description':'a friend','home':'%s'}"
                .formatted(BEN, HOME_KEY.id())));
    assertEquals(List.of(), read("{'type':'about','about':'" + ROOT + "','name':'a thread'}"));
  }

  @Test
  void theOwnLogIsDeclaredForOneselfOnly() {
    Intent own = new Intent.DeclareFace(HOME_KEY, ANAS);
    assertSaid("{'type':'about','about':'" + ANA + "','home':'" + HOME_KEY.id() + "'}", own);
    assertEquals(List.of(new DomainEvent.FaceDeclared(ANAS, HOME_KEY)), readAgain(own));
    assertUnsayable("this identity is on another network", new Intent.DeclareFace(HOME_KEY, BENS));
  }

  @ParameterizedTest
  @EnumSource
  void whereOneStandsToSomebodyGoesOutWholeAndComesBack(FollowState state) {
    Intent relate = new Intent.Relate(at(BEN), state, Audience.ANYBODY);
    assertSaid(
        "{'type':'contact','contact':'%s','following':%s,'blocking':%s}"
            .formatted(BEN, state == FollowState.FOLLOWING, state == FollowState.BLOCKING),
        relate);
    assertEquals(List.of(new DomainEvent.Related(ANAS, BENS, state, true)), readAgain(relate));
  }

  @Test
  void aBlockOutranksAFollowAndSilenceIsNeither() {
    String contact = "{'type':'contact','contact':'" + BEN + "'";
    assertEquals(
        List.of(new DomainEvent.Related(ANAS, BENS, FollowState.BLOCKING, true)),
        read(contact + ",'following':true,'blocking':true}"));
    assertEquals(
        List.of(new DomainEvent.Related(ANAS, BENS, FollowState.NONE, true)), read(contact + "}"));
  }

  @Test
  void whoIsNotOnScuttlebuttCannotBeFollowedThere() {
    assertUnsayable(
        "this person is not on Scuttlebutt",
        new Intent.Relate(ELSEWHERE, FollowState.FOLLOWING, Audience.ANYBODY));
  }

  private static String vote(int value, String more) {
    return "{'type':'vote','vote':{'link':'" + ROOT + "','value':" + value + more + "}}";
  }

  @Test
  void aReactionGoesOutAndIsTakenBackWithUnlike() {
    Intent on = new Intent.React(at(ROOT), at(BEN), "🐝", true);
    Intent off = new Intent.React(at(ROOT), at(BEN), "🐝", false);
    assertSaid(vote(1, ",'expression':'🐝'"), on);
    assertSaid(vote(0, ",'expression':'Unlike'"), off);
    Ref root = ScuttlebuttNetwork.refOf(ROOT);
    assertEquals(List.of(new DomainEvent.Reacted(ANAS, root, "🐝", true)), readAgain(on));
    assertEquals(List.of(new DomainEvent.Reacted(ANAS, root, "Unlike", false)), readAgain(off));
    assertUnsayable(
        "this post is not on Scuttlebutt", new Intent.React(ELSEWHERE, at(BEN), "🐝", true));
  }

  @Test
  void aVoteWithoutAWordIsALikeAndOneAgainstIsNone() {
    Ref root = ScuttlebuttNetwork.refOf(ROOT);
    assertEquals(List.of(new DomainEvent.Reacted(ANAS, root, "Like", true)), read(vote(1, "")));
    assertEquals(List.of(new DomainEvent.Reacted(ANAS, root, "Like", false)), read(vote(-1, "")));
  }

  @Test
  void whatIsForNobodyElseIsNotSaid() {
    String reason = "this is nobody else's business";
    assertUnsayable(reason, new Intent.ReadUpTo("home", new PostId(1)));
    assertUnsayable(reason, new Intent.Bookmark(at(ROOT), true));
  }

  @Test
  void plumbingSaysNothing() {
    assertEquals(List.of(), read("{'type':'channel','channel':'bees','subscribed':true}"));
    assertEquals(List.of(), read("{'type':'gathering','recps':['" + BEN + "']}"));
    assertEquals(List.of(), read("{'type':'post'}"));
  }
}
