package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;

/** What an account is shown. */
class ReaderTest {
  @TempDir Path folder;
  private TestNode node;
  private Reader reader;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    reader = node.engine.reader();
    ana = node.account("Ana");
    node.follow(ana, ben, carol);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<PostId> ten() {
    List<PostId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TestAuthor.Written post = ben.posts("p" + i);
      node.takes(post);
      ids.add(node.id(post.id()));
    }
    return ids;
  }

  private List<String> page(Optional<PostId> below, Optional<PostId> above, boolean oldestFirst) {
    return TestNode.texts(reader.home(ana, new Page(below, above, oldestFirst, 3)));
  }

  @Test
  void maxIdGivesWhatIsJustOlder() {
    List<PostId> ids = ten();

    assertEquals(List.of("p4", "p3", "p2"), page(Optional.of(ids.get(5)), Optional.empty(), false));
    assertEquals(List.of(), page(Optional.of(ids.getFirst()), Optional.empty(), false));
  }

  @Test
  void sinceIdGivesTheNewestThatAreNewer() {
    List<PostId> ids = ten();

    assertEquals(List.of("p9", "p8", "p7"), page(Optional.empty(), Optional.of(ids.get(2)), false));
    assertEquals(List.of("p9"), page(Optional.empty(), Optional.of(ids.get(8)), false));
  }

  @Test
  void minIdGivesWhatIsJustNewerStillNewestFirst() {
    List<PostId> ids = ten();

    assertEquals(List.of("p5", "p4", "p3"), page(Optional.empty(), Optional.of(ids.get(2)), true));
  }

  @Test
  void bothBoundsTogetherGiveWhatLiesBetween() {
    List<PostId> ids = ten();

    assertEquals(
        List.of("p4", "p3"), page(Optional.of(ids.get(5)), Optional.of(ids.get(2)), false));
  }

  @Test
  void aThreadStandsInThreadOrder() {
    TestAuthor.Written root = ben.posts("root");
    TestAuthor.Written first = ben.replies(root.id(), root.id(), "first");
    TestAuthor.Written second = ben.replies(root.id(), root.id(), "second");
    TestAuthor.Written below = ben.replies(root.id(), first.id(), "below first");
    TestAuthor.Written deepest = ben.replies(root.id(), below.id(), "deepest");
    node.takes(root, first, second, below, deepest);

    assertEquals(
        List.of("first", "below first", "deepest", "second"),
        TestNode.texts(reader.thread(ana, node.id(root.id())).descendants()));
    assertEquals(
        List.of("root", "first", "below first"),
        TestNode.texts(reader.thread(ana, node.id(deepest.id())).ancestors()));
  }

  @Test
  void anAnswerToWhatIsNotHereStandsBelowTheBeginningOfItsThread() {
    TestAuthor.Written root = ben.posts("root");
    Ref strangers = new Ref(TestNode.TOWN, "%of-a-stranger");
    TestAuthor.Written known = ben.replies(root.id(), root.id(), "known");
    TestAuthor.Written lost = ben.replies(root.id(), strangers, "to the stranger");
    TestAuthor.Written below = ben.replies(root.id(), lost.id(), "below");
    node.takes(root, known, lost, below);

    assertEquals(
        List.of("known", "to the stranger", "below"),
        TestNode.texts(reader.thread(ana, node.id(root.id())).descendants()));
    assertEquals(2, node.view(ana, root.id()).replies());
    assertEquals(1, node.view(ana, lost.id()).replies());
    assertEquals(
        List.of("root", "to the stranger"),
        TestNode.texts(reader.thread(ana, node.id(below.id())).ancestors()));
    assertEquals(Optional.empty(), node.view(ana, lost.id()).parent());
  }

  @Test
  void cyclesOfParentsDoNotHang() {
    // A name can't be known before it is written, but a post may name an entry of another network
    // that later turns out to be a face of its own answer: the views only see names.
    Ref later = new Ref(TestNode.TOWN, "%unknown");
    TestAuthor.Written one = ben.replies(later, later, "one");
    node.takes(one);
    long alias = node.store.read(tx -> node.aliases.find(tx, one.id()).orElseThrow());
    long post = node.id(one.id()).value();
    node.store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "UPDATE {posts.post} SET parent = ?, root = ? WHERE post = ?", alias, alias, post));

    Reader.Conversation thread = reader.thread(ana, node.id(one.id()));

    assertEquals(List.of(), thread.ancestors());
    assertEquals(List.of(), thread.descendants());
    assertEquals(1, node.engine.composer().reply(ana, node.id(one.id())).parent().names().size());
    assertEquals(Optional.empty(), node.view(ana, one.id()).parent());
    assertEquals(Optional.empty(), node.view(ana, one.id()).root());
    assertEquals(0, node.view(ana, one.id()).replies());
  }

  @Test
  void aRingOfPostsIsGoneThroughOnce() {
    TestAuthor.Written one = ben.posts("one");
    TestAuthor.Written two = ben.replies(one.id(), one.id(), "two");
    TestAuthor.Written three = ben.replies(one.id(), two.id(), "three");
    node.takes(one, two, three);
    long last = node.store.read(tx -> node.aliases.find(tx, three.id()).orElseThrow());
    long first = node.id(one.id()).value();
    node.store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "UPDATE {posts.post} SET parent = ?, root = ? WHERE post = ?", last, last, first));

    Reader.Conversation thread = reader.thread(ana, node.id(two.id()));

    assertEquals(List.of("three", "one"), TestNode.texts(thread.ancestors()));
    assertEquals(List.of(), TestNode.texts(thread.descendants()));
  }

  @Test
  void anAnswerToWhatIsNoPostStandsByItself() {
    TestAuthor.Written like = carol.likes(new Ref(TestNode.TOWN, "%gone"), true);
    TestAuthor.Written answer = ben.replies(like.id(), like.id(), "to a like");
    TestAuthor.Written below = ben.replies(like.id(), answer.id(), "below");
    node.takes(like, answer, below);

    assertEquals(List.of("below", "to a like"), node.home(ana));
    assertEquals(Optional.empty(), node.view(ana, answer.id()).parent());
    assertTrue(node.view(ana, answer.id()).isReply());
    Reader.Conversation thread = reader.thread(ana, node.id(answer.id()));
    assertEquals(List.of(), thread.ancestors());
    assertEquals(List.of("below"), TestNode.texts(thread.descendants()));
    assertEquals(
        List.of("to a like"), TestNode.texts(reader.thread(ana, node.id(below.id())).ancestors()));
  }

  @Test
  void aForkStandsBelowWhatItGrewOutOf() {
    TestAuthor.Written root = ben.posts("root");
    TestAuthor.Written answer = ben.replies(root.id(), root.id(), "answer");
    TestAuthor.Written fork = ben.replies(answer.id(), answer.id(), "fork");
    node.takes(root, answer, fork);

    assertEquals(
        List.of("answer", "fork"),
        TestNode.texts(reader.thread(ana, node.id(root.id())).descendants()));
    assertEquals(
        List.of("root", "answer"),
        TestNode.texts(reader.thread(ana, node.id(fork.id())).ancestors()));
  }

  @Test
  void twoPeopleOfOneNameAreTwo() {
    TestAuthor other = new TestAuthor(TestNode.VILLAGE, "ben");
    node.follow(ana, other);
    node.takes(
        ben.describes(ProfileField.NAME, "Ana"),
        other.describes(ProfileField.NAME, "Ana"),
        ben.posts("by one"),
        other.posts("by the other"));

    List<PostView> posts = reader.home(ana, Page.newest(40));

    assertEquals(List.of("by the other", "by one"), TestNode.texts(posts));
    assertEquals("Ana", posts.get(0).author().name());
    assertEquals("Ana", posts.get(1).author().name());
    assertFalse(posts.get(0).author().id().equals(posts.get(1).author().id()));
  }

  @Test
  void aLikeByMergedFacesCountsOnce() {
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "carol");
    node.follow(ana, villager);
    TestAuthor.Written post = ben.posts("likeable");
    node.takes(post, carol.likes(post.id(), true), villager.likes(post.id(), true));
    assertEquals(2, node.view(ana, post.id()).likes());

    node.takes(carol.declares(villager.name()), villager.declares(carol.name()));

    assertEquals(1, node.view(ana, post.id()).likes());
  }

  @Test
  void theLatestWordAboutAPostCounts() {
    TestAuthor.Written post = ben.posts("likeable");
    node.takes(post, carol.likes(post.id(), true));
    assertEquals(1, node.view(ana, post.id()).likes());

    node.takes(carol.likes(post.id(), false));
    assertEquals(0, node.view(ana, post.id()).likes());

    node.takes(carol.likes(post.id(), true));
    assertEquals(1, node.view(ana, post.id()).likes());
  }

  /** The first word may take the longer road. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLatestWordOfALogCountsThoughItComesBeforeTheOneBeforeIt(boolean likedAtLast) {
    TestAuthor.Written post = ben.posts("likeable");
    TestAuthor.Written before = carol.likes(post.id(), !likedAtLast);
    TestAuthor.Written atLast = carol.likes(post.id(), likedAtLast);
    node.takes(post);
    assertInstanceOf(Verdict.Deferred.class, node.offer(atLast).getFirst());
    assertEquals(0, node.view(ana, post.id()).likes(), "what waits says nothing yet");

    node.takes(before);

    Await.until("what waited is here", () -> node.has(atLast.id()));
    assertEquals(likedAtLast ? 1 : 0, node.view(ana, post.id()).likes());
    node.rebuild();
    assertEquals(likedAtLast ? 1 : 0, node.view(ana, post.id()).likes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wordsThatComeBeforeTheirPostCountInTheOrderOfTheirLog(boolean likedAtLast) {
    TestAuthor.Written post = ben.posts("likeable");
    node.takes(carol.likes(post.id(), !likedAtLast), carol.likes(post.id(), likedAtLast));

    node.takes(post);

    assertEquals(likedAtLast ? 1 : 0, node.view(ana, post.id()).likes());
  }

  @Test
  void searchFindsWordsAndTheirBeginnings() {
    node.takes(ben.posts("Über den Wolken"), ben.posts("under the sea"));

    assertEquals(List.of("Über den Wolken"), TestNode.texts(reader.search(ana, "uber wolk", 5)));
    assertEquals(List.of("under the sea"), TestNode.texts(reader.search(ana, "sea under", 5)));
  }

  @Test
  void searchMakesNothingOfPunctuationQuotesAndOperators() {
    node.takes(ben.posts("the NOT so near AND far"));

    for (String words :
        List.of(
            "",
            "\"",
            "'",
            "*",
            "near*",
            "NOT",
            "AND",
            "OR",
            "a AND",
            "NEAR(a, 3)",
            "text:the",
            "{text} : the",
            "^the",
            "the\"",
            "%",
            "_",
            "\0",
            "-the",
            "(",
            ")",
            "+",
            "the\n\tso",
            "a ".repeat(5_000),
            "\ud800",
            "x".repeat(100_000))) {
      assertTrue(reader.search(ana, words, 5).size() <= 1, words);
    }
    assertEquals(1, reader.search(ana, "NOT", 5).size());
    assertEquals(1, reader.search(ana, "\"near\" (far)", 5).size());
  }

  private static Hash blob(int number) {
    return new Hash(Bytes.ofHex("%064x".formatted(number)));
  }

  private static List<Attachment> pictures(int... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> new Attachment(blob(number), "", "", 0))
        .toList();
  }

  private List<String> showing(int number) {
    return TestNode.texts(reader.showing(ana, blob(number)));
  }

  @Test
  void thePostsThatShowABlobAreFoundTheNewestFirst() {
    node.takes(
        ben.posts("one", pictures(1, 2)),
        carol.posts("two", pictures(1)),
        ben.posts("none"),
        ben.posts("three", pictures(3)));

    assertEquals(List.of("two", "one"), showing(1));
    assertEquals(List.of("one"), showing(2));
    assertEquals(List.of(), showing(4));
    node.relate(ana, carol.name(), FollowState.BLOCKING);
    assertEquals(List.of("one"), showing(1));
  }

  @Test
  void thePostsOfWhoeverABlobIsThePictureOfShowIt() {
    node.takes(
        ben.posts("one"),
        carol.posts("two", pictures(1)),
        ben.describes(ProfileField.PICTURE, blob(1).toString()),
        ben.posts("three", pictures(1)),
        carol.posts("four"));

    assertEquals(List.of("three", "two", "one"), showing(1));
  }

  @Test
  void ofManyPostsThatShowABlobTheNewestTwentyAreFound() {
    for (int i = 0; i < 25; i++) {
      node.takes(ben.posts("p" + i, pictures(1)));
    }

    assertEquals(20, showing(1).size());
    assertEquals("p24", showing(1).getFirst());
  }

  @Test
  void aPersonMergedLateKeepsTheFollow() {
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "ben");
    node.takes(ben.declares(villager.name()));
    assertFalse(wants(villager));
    node.follow(ana, villager);
    node.takes(villager.declares(ben.name()));
    node.relate(ana, carol.name(), FollowState.NONE);

    node.takes(villager.posts("from the village"), ben.posts("from town"));

    assertEquals(2, node.home(ana).size());
    assertTrue(reader.relationship(ana, node.person(villager.name())).following());
  }

  private boolean wants(TestAuthor author) {
    return node.store.read(
        tx -> new Reach(node.aliases, node.vault).asking(tx).isWanted(author.name()));
  }

  @Test
  void followingOneFaceIsFollowingTheOtherThatComesLater() {
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "ben");
    TestAuthor helper = villager;
    node.follow(ana, helper);
    node.takes(ben.declares(villager.name()), villager.declares(ben.name()));
    // Taken back for the one name only, as another program of hers might say it.
    node.relate(ana, ben.name(), FollowState.NONE);

    assertFalse(wants(ben));
    assertFalse(wants(villager));
    node.relate(ana, villager.name(), FollowState.FOLLOWING);
    assertTrue(wants(ben));
    assertTrue(wants(villager));
  }

  @Test
  void aPersonMergedLateStaysBlocked() {
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "ben");
    AccountId other = node.account("Olga");
    node.follow(other, villager);
    TestAuthor.Written post = villager.posts("from a blocked one");
    node.takes(post);
    node.relate(ana, villager.name(), FollowState.BLOCKING);
    // Followed after the block, before anybody knew that they are one.
    node.relate(ana, ben.name(), FollowState.FOLLOWING);

    node.takes(ben.declares(villager.name()), villager.declares(ben.name()));

    assertEquals(Optional.empty(), reader.post(ana, node.id(post.id())));
    Reader.Relationship stands = reader.relationship(ana, node.person(ben.name()));
    assertTrue(stands.blocking());
    assertFalse(stands.following());
    node.relate(ana, ben.name(), FollowState.NONE);
    assertFalse(reader.relationship(ana, node.person(villager.name())).blocking());
  }

  @Test
  void aNumberFromBeforeAMergingStillLeadsToThePerson() {
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "ben");
    node.follow(ana, villager);
    TestAuthor.Written post = villager.posts("hello");
    node.takes(post, ben.describes(ProfileField.NAME, "Ben"));
    PersonId before = node.person(villager.name());

    node.takes(ben.declares(villager.name()), villager.declares(ben.name()));

    assertEquals("Ben", reader.person(before).orElseThrow().name());
    assertEquals(node.person(ben.name()), reader.person(before).orElseThrow().id());
    assertEquals(List.of("hello"), TestNode.texts(reader.byPerson(ana, before, Page.newest(5))));
  }

  @Test
  void theNumberOfAPostIsNobody() {
    TestAuthor.Written post = ben.posts("hello");
    node.takes(post);
    long alias = node.store.read(tx -> node.aliases.find(tx, post.id()).orElseThrow());

    assertEquals(Optional.empty(), reader.person(new PersonId(alias)));
    assertEquals(Optional.empty(), reader.person(new PersonId(1_000_000)));
  }

  @Test
  void somebodyNobodyMentionedCanBeFollowedByTheNumberShesGiven() {
    Ref stranger = new Ref(TestNode.TOWN, "@stranger");
    PersonId id = reader.personNamed(stranger).id();

    assertEquals(List.of(stranger), reader.person(id).orElseThrow().identities());
    assertEquals(List.of(stranger), node.engine.composer().person(id).names());
  }

  @Test
  void peopleAreSortedByNameWhateverItsCase() {
    node.takes(ben.describes(ProfileField.NAME, "zoe"), carol.describes(ProfileField.NAME, "Yara"));

    assertEquals(
        List.of("Yara", "zoe"), reader.following(ana).stream().map(PersonView::name).toList());
  }

  @Test
  void whatOthersSayOfAPersonIsNotHerName() {
    node.takes(
        carol.writes(
            new DomainEvent.PersonDescribed(carol.name(), ben.name(), ProfileField.NAME, "Silly")));

    assertEquals("", reader.personNamed(ben.name()).name());
  }

  @Test
  void aPersonIsKnownSinceSheWasFirstNamedHere() {
    assertEquals(TestClock.START_MILLIS, reader.self(ana).seenMillis());
    TestAuthor dora = new TestAuthor(TestNode.TOWN, "dora");
    assertEquals(0, reader.personNamed(dora.name()).seenMillis());
    node.clock.advance(Duration.ofHours(1));
    node.follow(ana, dora);
    node.clock.advance(Duration.ofHours(1));
    TestAuthor villager = new TestAuthor(TestNode.VILLAGE, "dora");
    node.follow(ana, villager);
    node.takes(dora.declares(villager.name()), villager.declares(dora.name()));

    long first = TestClock.START_MILLIS + 3_600_000;
    assertEquals(first, reader.personNamed(dora.name()).seenMillis());
    assertEquals(first, reader.personNamed(villager.name()).seenMillis());
  }

  @Test
  void foreignTextIsBoundedBeforeItEntersTheViews() {
    TestAuthor.Written huge = ben.posts("x".repeat(Bounds.TEXT_CHARS_MAX - 1) + "😀 and more");
    node.takes(huge, ben.describes(ProfileField.NAME, "N".repeat(10_000)));

    PostView view = node.view(ana, huge.id());
    assertEquals("x".repeat(Bounds.TEXT_CHARS_MAX - 1), view.text());
    assertEquals(Bounds.NAME_CHARS_MAX, view.author().name().length());
  }
}
