package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;

/** Who passes on what, and where that stands. */
class BoostsTest {
  @TempDir private Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
  private final TestAuthor dora = new TestAuthor(TestNode.TOWN, "dora");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben, carol, dora);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<PostView> home() {
    return node.engine.reader().home(ana, Page.newest(40));
  }

  private List<String> homeWords() {
    return home().stream()
        .map(post ->
            post.boost()
                    .map(boost -> boost.by().identities().getFirst().id() + " passed on ")
                    .orElse("")
                + post.text())
        .toList();
  }

  private void boosts(PostView post) {
    node.engine.actions().act(ana, node.engine.composer().boost(post.id(), true));
  }

  @Test
  void aBoostStandsInTheListsOfThoseWhoFollowTheBoosterAndNotTheAuthor() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.posts("wax"), carol.boosts(post.id(), true));
    node.relate(ana, ben.name(), FollowState.NONE);

    assertEquals(List.of("@carol passed on honey", "wax"), homeWords());
    PostView shown = home().getFirst();
    assertEquals(1, shown.boosts());
    assertFalse(shown.boosted());
    assertEquals(
        shown.id(), node.view(ana, post.id()).id(), "it is the post itself that was passed on");
  }

  @Test
  void whatWasTakenBackStandsNowhereAndAnnouncesThat() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.boosts(post.id(), true));
    PostId boost = home().getFirst().entry();
    node.takes(carol.boosts(post.id(), false));

    assertEquals(List.of("honey"), homeWords());
    assertEquals(0, node.view(ana, post.id()).boosts());
    assertTrue(node.heard.contains(new Announcement.EntryGone(boost)));
  }

  @Test
  void aLikeAndABoostByOnePersonDoNotTouchEachOther() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.likes(post.id(), true), carol.boosts(post.id(), true));
    assertEquals(1, node.view(ana, post.id()).likes());
    assertEquals(1, node.view(ana, post.id()).boosts());

    node.takes(carol.boosts(post.id(), false));
    assertEquals(1, node.view(ana, post.id()).likes());
    assertEquals(0, node.view(ana, post.id()).boosts());
  }

  @Test
  void anOwnBoostSaidOnSeveralNetworksIsOne() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post);
    boosts(home().getFirst());

    assertEquals(2, home().size(), homeWords().toString());
    PostView own = node.engine.reader().ownBoost(ana, home().getLast().id()).orElseThrow();
    assertEquals(home().getFirst().entry(), own.entry());
    assertTrue(own.boosted());
    assertEquals(1, own.boosts());
    assertEquals(
        Optional.of("honey"),
        node.engine.reader().post(ana, own.entry()).map(PostView::text),
        "its own id leads to it");
  }

  @Test
  void aBoostOfWhatComesLaterIsShownThen() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(carol.boosts(post.id(), true));
    assertEquals(List.of(), homeWords());

    node.takes(post);
    assertEquals(List.of("honey", "@carol passed on honey"), homeWords());
  }

  @Test
  void whomTheAccountBlocksNobodyPassesOnToIt() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.boosts(post.id(), true));
    node.relate(ana, ben.name(), FollowState.BLOCKING);

    assertEquals(List.of(), homeWords());
  }

  @Test
  void pagesHoldPostsAndBoostsInOneOrder() {
    TestAuthor.Written honey = ben.posts("honey");
    TestAuthor.Written wax = ben.posts("wax");
    node.takes(honey, carol.boosts(honey.id(), true), wax, dora.boosts(wax.id(), true));
    List<PostView> all = home();
    assertEquals(
        List.of("wax", "@dora passed on wax", "@carol passed on honey", "honey"), homeWords());

    Page older = new Page(Optional.of(all.get(1).entry()), Optional.empty(), false, 1);
    assertEquals(
        List.of(all.get(2).entry()),
        node.engine.reader().home(ana, older).stream().map(PostView::entry).toList());
    Page newer = new Page(Optional.empty(), Optional.of(all.get(3).entry()), true, 2);
    assertEquals(
        List.of(all.get(1).entry(), all.get(2).entry()),
        node.engine.reader().home(ana, newer).stream().map(PostView::entry).toList());
  }

  @Test
  void whatSeveralPassOnStandsOnceAndNamesThem() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.boosts(post.id(), true), dora.boosts(post.id(), true));
    assertEquals(List.of("@carol passed on honey", "honey"), homeWords());
    PostView shown = home().getFirst();
    assertEquals(2, shown.boosts());
    assertEquals(
        List.of("@carol", "@dora"),
        shown.boosters().stream().map(who -> who.identities().getFirst().id()).toList());
    boosts(shown);
    assertEquals(3, home().getFirst().boosters().size(), "one's own is among them");
    assertEquals(2, home().size());

    node.takes(carol.boosts(post.id(), false));
    assertEquals(List.of("@dora passed on honey", "honey"), homeWords());
    assertEquals(2, home().getFirst().boosters().size());
  }

  /** Some programs' habit. */
  @Test
  void aPostThatOnlyPassesOnStandsForWhatItPassesOnAndIsAPostAllTheSame() {
    TestAuthor.Written post = ben.posts("honey");
    TestAuthor.Written link =
        carol.writes(carol.post("%honey"), new DomainEvent.Boosted(carol.name(), post.id(), true));
    TestAuthor.Written answer = dora.replies(link.id(), link.id(), "thanks");
    node.takes(link, answer);
    assertEquals(List.of("thanks", "%honey"), homeWords(), "what it passes on is not here");

    node.takes(post);
    assertEquals(List.of("honey", "thanks", "@carol passed on honey"), homeWords());
    assertEquals(
        List.of("thanks"),
        TestNode.texts(node.engine.reader().thread(ana, node.id(link.id())).descendants()));
    assertEquals(1, home().getFirst().boosts());

    node.takes(carol.writes(new DomainEvent.Deleted(carol.name(), link.id(), false)));
    assertEquals(List.of("honey", "thanks"), homeWords());
  }

  @Test
  void aPostThatOnlyPassesOnIsReachedAnsweredAndDeletedByItsOwnId() {
    TestAuthor.Written post = ben.posts("honey");
    TestAuthor.Written link =
        carol.writes(carol.post("%honey"), new DomainEvent.Boosted(carol.name(), post.id(), true));
    node.takes(post, link);
    PostId id = home().getFirst().entry();

    assertEquals(id, node.id(link.id()));
    PostView itself = node.engine.reader().post(ana, id).orElseThrow();
    assertEquals("%honey", itself.text());
    assertEquals(Optional.empty(), itself.boost());
    assertEquals(List.of("@carol passed on honey", "honey"), homeWords());
  }

  @Test
  void whatPassedOnAndSaysMoreSinceIsAPostLikeAny() {
    TestAuthor.Written post = ben.posts("honey");
    TestAuthor.Written link =
        carol.writes(carol.post("%honey"), new DomainEvent.Boosted(carol.name(), post.id(), true));
    node.takes(post, link, carol.edits(link.id(), "look at %honey"));
    assertEquals(List.of("look at %honey", "honey"), homeWords());

    node.takes(dora.boosts(post.id(), true));
    assertEquals(List.of("@dora passed on honey", "look at %honey", "honey"), homeWords());
  }

  @Test
  void ofAPersonAlsoThePostsAloneAreListed() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(post, carol.posts("wax"), carol.boosts(post.id(), true));
    PersonId who = node.person(carol.name());

    assertEquals(
        List.of("honey", "wax"),
        TestNode.texts(node.engine.reader().byPerson(ana, who, Page.newest(9))));
    assertEquals(
        List.of("wax"), TestNode.texts(node.engine.reader().sayings(ana, who, Page.newest(9))));
  }

  @Test
  void whatSomebodyPassedOnIsLookedUpByHer() {
    List<String> plan =
        node.store.read(tx ->
            tx.all(
                row -> row.text(3),
                "EXPLAIN QUERY PLAN " + Boosts.newestFirst(),
                "[]",
                "[]",
                "[]",
                Long.MAX_VALUE,
                0L,
                20));
    assertTrue(
        plan.stream()
            .anyMatch(step -> step.startsWith("SEARCH b USING INDEX boosts_boost_by_author")),
        plan::toString);
  }

  @Test
  void aLetterIsNotPassedOn() {
    TestAuthor.Written letter =
        ben.writes(
            TestClock.START_MILLIS,
            TestNetwork.TO + "@account" + ana.value(),
            ben.sealedPost("for you", Optional.empty(), List.of(ben.name())));
    node.takes(letter, carol.boosts(letter.id(), true));
    Await.until(
        "the letter was opened", () -> node.engine.reader().postNamed(letter.id()).isPresent());
    PostId id = node.id(letter.id());

    assertThrows(Refusal.class, () -> node.engine.composer().boost(id, true));
    assertEquals(List.of(), homeWords());
  }

  @Test
  void aRebuildGivesTheSame() {
    TestAuthor.Written post = ben.posts("honey");
    node.takes(
        post,
        carol.boosts(post.id(), true),
        carol.boosts(post.id(), false),
        carol.boosts(post.id(), true),
        dora.boosts(post.id(), true),
        dora.boosts(post.id(), true));
    TestAuthor.Written link =
        carol.writes(carol.post("%honey"), new DomainEvent.Boosted(carol.name(), post.id(), true));
    TestAuthor.Written other =
        dora.writes(dora.post("%honey"), new DomainEvent.Boosted(dora.name(), link.id(), true));
    node.takes(
        link,
        other,
        carol.writes(new DomainEvent.Deleted(carol.name(), link.id(), false)),
        dora.writes(new DomainEvent.Deleted(dora.name(), other.id(), true)));
    assertEquals(
        Optional.of(1L),
        node.store.read(tx ->
            tx.number(
                "SELECT is_on FROM {boosts.boost} b JOIN {posts.face} f ON f.alias = b.said")),
        "what is open is not taken back by what only some can read");
    List<String> dump = node.engine.dumpViews();
    node.rebuild();
    assertEquals(dump, node.engine.dumpViews());
  }
}
