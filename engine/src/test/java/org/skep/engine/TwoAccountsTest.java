package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.PersonId;
import org.skep.kernel.Policy;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;

/** Two people on one node: what one does and keeps for herself has no effect on the other. */
class TwoAccountsTest {
  @TempDir Path folder;
  private TestNode node;
  private Reader reader;
  private AccountId ana;
  private AccountId bo;
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
  private final TestAuthor dora = new TestAuthor(TestNode.TOWN, "dora");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    reader = node.engine.reader();
    ana = node.account("Ana");
    bo = node.account("Bo");
    node.follow(ana, carol, dora);
    node.follow(bo, carol);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<String> bookmarks(AccountId account) {
    return reader.bookmarks(account, Page.newest(10)).stream()
        .map(mark -> mark.post().text())
        .toList();
  }

  private List<String> thread(AccountId account, Ref root) {
    return TestNode.texts(reader.thread(account, node.id(root)).descendants());
  }

  @Test
  void oneSFollowsDontFillTheOthersHome() {
    node.takes(carol.posts("to both"), dora.posts("to Ana only"));
    node.post(bo, "Bo's own");

    assertEquals(Set.of("to both", "to Ana only"), Set.copyOf(node.home(ana)));
    assertEquals(Set.of("to both", "Bo's own"), Set.copyOf(node.home(bo)));
    assertFalse(reader.relationship(bo, node.person(dora.name())).following());
    assertEquals(2, reader.following(ana).size());
    assertEquals(1, reader.following(bo).size());
  }

  @Test
  void bookmarksAndReadMarkersAreOnesOwn() {
    TestAuthor.Written post = carol.posts("worth keeping");
    node.takes(post);
    PostId id = node.id(post.id());

    node.engine.actions().act(ana, new Intent.Bookmark(node.engine.composer().post(id), true));
    node.engine.actions().act(ana, new Intent.ReadUpTo("home", id));

    assertEquals(List.of("worth keeping"), bookmarks(ana));
    assertTrue(node.view(ana, post.id()).bookmarked());
    assertEquals(id, reader.readMark(ana, "home").orElseThrow().post());
    assertEquals(List.of(), bookmarks(bo));
    assertFalse(node.view(bo, post.id()).bookmarked());
    assertEquals(Optional.empty(), reader.readMark(bo, "home"));
  }

  @Test
  void aThirdPersonBlockedByOneIsKeptForTheOther() {
    node.takes(carol.posts("before"));
    node.relate(ana, carol.name(), FollowState.BLOCKING);
    TestAuthor.Written after = carol.posts("after");

    assertInstanceOf(Verdict.Accepted.class, node.offer(after).getFirst());

    assertEquals(Set.of("before", "after"), Set.copyOf(node.home(bo)));
    assertEquals(List.of(), node.home(ana));
  }

  @Test
  void aBlockHasItsEffectEverywhereForTheOneAndNowhereForTheOther() {
    TestAuthor.Written root = dora.posts("the question of the sea");
    TestAuthor.Written answer = carol.replies(root.id(), root.id(), "an answer of the sea");
    node.follow(bo, dora);
    node.takes(root, answer, carol.likes(root.id(), true));
    node.relate(ana, carol.name(), FollowState.BLOCKING);
    PersonId who = node.person(carol.name());

    assertEquals(List.of("the question of the sea"), node.home(ana));
    assertEquals(List.of(), thread(ana, root.id()));
    assertEquals(0, node.view(ana, root.id()).likes());
    assertEquals(0, node.view(ana, root.id()).replies());
    assertEquals(List.of("the question of the sea"), TestNode.texts(reader.search(ana, "sea", 10)));
    assertEquals(List.of(), reader.byPerson(ana, who, Page.newest(10)));
    assertEquals(Optional.empty(), reader.post(ana, node.id(answer.id())));
    assertTrue(reader.relationship(ana, who).blocking());
    assertEquals(1, reader.blocking(ana).size());

    assertEquals(2, node.home(bo).size());
    assertEquals(List.of("an answer of the sea"), thread(bo, root.id()));
    assertEquals(1, node.view(bo, root.id()).likes());
    assertEquals(1, node.view(bo, root.id()).replies());
    assertEquals(2, reader.search(bo, "sea", 10).size());
    assertEquals(1, reader.byPerson(bo, who, Page.newest(10)).size());
    assertTrue(reader.post(bo, node.id(answer.id())).isPresent());
    assertFalse(reader.relationship(bo, who).blocking());
    assertEquals(List.of(), reader.blocking(bo));
  }

  @Test
  void whatIsWantedIsAskedForEachAccount() {
    Policy policy = new AccountPolicy(node.aliases, node.vault);

    Set<Ref> anas = node.store.read(tx -> policy.wanted(tx, ana, TestNode.TOWN));
    Set<Ref> bos = node.store.read(tx -> policy.wanted(tx, bo, TestNode.TOWN));

    assertEquals(Set.of(node.identity(ana, node.town), carol.name(), dora.name()), anas);
    assertEquals(Set.of(node.identity(bo, node.town), carol.name()), bos);
    assertEquals(
        Set.of(node.identity(bo, node.village)),
        node.store.read(tx -> policy.wanted(tx, bo, TestNode.VILLAGE)));
  }

  @Test
  void whoMayConnectIsAskedForEachAccount() {
    node.relate(ana, carol.name(), FollowState.BLOCKING);
    Policy policy = new AccountPolicy(node.aliases, node.vault);

    assertInstanceOf(Policy.Decision.Refused.class, mayConnect(policy, ana));
    assertInstanceOf(Policy.Decision.Allowed.class, mayConnect(policy, bo));
  }

  private Policy.Decision mayConnect(Policy policy, AccountId account) {
    return node.store.read(tx -> policy.may(tx, account, carol.name(), Policy.Deed.CONNECT));
  }

  @Test
  void aLikeIsOnesOwnAndSeenByBoth() {
    TestAuthor.Written post = carol.posts("likeable");
    node.takes(post);
    PostId id = node.id(post.id());
    node.engine
        .actions()
        .act(
            ana,
            new Intent.React(
                node.engine.composer().post(id),
                node.engine.composer().authorOf(id),
                "Like",
                true));

    assertTrue(node.view(ana, post.id()).liked());
    assertFalse(node.view(bo, post.id()).liked());
    assertEquals(1, node.view(bo, post.id()).likes());
  }

  @Test
  void whomOneBlocksSheMeetsInNobodysPosts() {
    TestAuthor.Written root = dora.posts("hello [@carol](@carol)");
    TestAuthor.Written naming =
        dora.writes(
            new DomainEvent.PostPublished(
                dora.name(),
                dora.name(),
                Optional.empty(),
                "carol and ana",
                Optional.empty(),
                List.of(),
                "",
                List.of(new DomainEvent.Mentioned(carol.name(), "carol")),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty()));
    TestAuthor.Written answer = carol.replies(root.id(), root.id(), "carol's");
    TestAuthor.Written reply = dora.replies(root.id(), answer.id(), "to carol");
    node.takes(root, naming, answer, reply);
    PostId own = node.post(ana, "delivered to carol");
    Fact face = node.ownFace(ana, node.town);
    new AcknowledgedDelivery(node.store, node.aliases, node.facts, node.clock)
        .acknowledged(
            carol.name(), face.content().author(), "", face.content().position().sequence());
    assertEquals(1, node.view(ana, naming.id()).mentions().size());
    assertTrue(node.view(ana, reply.id()).parentAuthor().isPresent());
    assertEquals(1, reader.post(ana, own).orElseThrow().holders().people());

    node.relate(ana, carol.name(), FollowState.BLOCKING);

    assertEquals(List.of(), node.view(ana, naming.id()).mentions());
    assertEquals(Optional.empty(), node.view(ana, reply.id()).parentAuthor());
    assertEquals(PostView.Holders.NONE, reader.post(ana, own).orElseThrow().holders());
    assertEquals(1, node.view(bo, naming.id()).mentions().size());
  }

  @Test
  void aReplyCitesNobodyWhomItsAuthorBlocks() {
    TestAuthor.Written root = dora.posts("root");
    TestAuthor.Written hers = carol.replies(root.id(), root.id(), "carol's");
    node.takes(root, hers);
    node.relate(ana, carol.name(), FollowState.BLOCKING);

    assertEquals(List.of(root.id()), tips(ana, root));
    assertEquals(List.of(hers.id()), tips(bo, root));
  }

  private List<Ref> tips(AccountId account, TestAuthor.Written root) {
    return node.engine.composer().reply(account, node.id(root.id())).tips().stream()
        .flatMap(tip -> tip.names().stream())
        .toList();
  }

  @Test
  void whatIsHiddenTakesNoPlaceInSearchAndBookmarks() {
    for (int i = 0; i < 5; i++) {
      TestAuthor.Written shown = dora.posts("sea " + i);
      TestAuthor.Written hidden = carol.posts("sea by carol " + i);
      node.takes(shown, hidden);
      for (TestAuthor.Written post : List.of(shown, hidden)) {
        PostId id = node.id(post.id());
        node.engine.actions().act(ana, new Intent.Bookmark(node.engine.composer().post(id), true));
      }
    }
    node.relate(ana, carol.name(), FollowState.BLOCKING);

    assertEquals(List.of("sea 4", "sea 3"), TestNode.texts(reader.search(ana, "sea", 2)));
    List<Reader.Bookmark> first = reader.bookmarks(ana, Page.newest(2));
    assertEquals(
        List.of("sea 4", "sea 3"), first.stream().map(mark -> mark.post().text()).toList());
    Page next =
        new Page(Optional.of(new PostId(first.getLast().place())), Optional.empty(), false, 2);
    assertEquals(
        List.of("sea 2", "sea 1"),
        reader.bookmarks(ana, next).stream().map(mark -> mark.post().text()).toList());
    Page back =
        new Page(Optional.empty(), Optional.of(new PostId(first.getLast().place())), true, 2);
    assertEquals(
        List.of("sea 4"),
        reader.bookmarks(ana, back).stream().map(mark -> mark.post().text()).toList());
  }

  @Test
  void aPostForMyselfIsRefusedBecauseTheOtherWouldSeeIt() {
    node.relate(bo, node.identity(ana, node.home), FollowState.FOLLOWING);
    Intent diary =
        new Intent.Post(Audience.MYSELF, "dear diary", Optional.empty(), "", List.of(), List.of());

    assertThrows(Refusal.class, () -> node.engine.actions().act(ana, diary));

    assertEquals(List.of(), node.home(bo));
  }

  @Test
  void whatOneSaysForHerselfAloneIsCountedForNobodyElse() {
    PeopleReader people = new PeopleReader(node.store, node.aliases);
    PersonId dorasNumber = node.person(dora.name());
    PersonId anasNumber = reader.self(ana).id();
    assertEquals(1, people.counts(bo, dorasNumber).followers());
    node.engine
        .actions()
        .act(
            bo,
            new Intent.Relate(
                node.engine.composer().person(dorasNumber),
                FollowState.FOLLOWING,
                Audience.MYSELF));

    assertEquals(2, people.counts(bo, dorasNumber).followers());
    assertEquals(1, people.counts(ana, dorasNumber).followers());
    assertEquals(1, people.following(ana, reader.self(bo).id()).size());
    assertEquals(2, people.following(bo, reader.self(bo).id()).size());

    node.relate(bo, carol.name(), FollowState.BLOCKING);
    assertTrue(people.following(ana, reader.self(bo).id()).contains(node.person(carol.name())));
    assertEquals(2, people.counts(ana, anasNumber).following());
  }
}
