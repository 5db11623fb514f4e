package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/** What is found by what it is about, and things of other kinds among posts. */
class CardsAndTagsTest {
  @TempDir Path folder;
  private TestNode node;
  private Reader reader;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor stranger = new TestAuthor(TestNode.TOWN, "stranger");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    reader = node.engine.reader();
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static DomainEvent post(
      TestAuthor author,
      String text,
      Optional<Ref> root,
      List<String> tags,
      Optional<String> kind,
      Optional<List<Ref>> readers) {
    return new DomainEvent.PostPublished(
        author.name(),
        author.name(),
        Optional.empty(),
        text,
        root,
        root.stream().toList(),
        "",
        List.of(),
        List.of(),
        tags,
        kind,
        readers);
  }

  private static TestAuthor.Written tagged(TestAuthor author, String text, String... tags) {
    return author.writes(
        post(author, text, Optional.empty(), List.of(tags), Optional.empty(), Optional.empty()));
  }

  private TestAuthor.Written card(String text, Optional<Ref> root) {
    return ben.writes(
        post(ben, text, root, List.of(), Optional.of("chess_move"), Optional.empty()));
  }

  private List<String> about(String tag, Page page) {
    return TestNode.texts(node.engine.tags().posts(ana, tag, page));
  }

  private List<String> about(String tag) {
    return about(tag, Page.newest(40));
  }

  @Test
  void postsAreFoundByEachOfTheirTags() {
    node.takes(
        tagged(ben, "one", "bees"), tagged(ben, "two", "bees", "new-people"), ben.posts("none"));

    assertEquals(List.of("two", "one"), about("bees"));
    assertEquals(List.of("two"), about("#New-People"));
    assertEquals(List.of(), about("newpeople"));
    assertEquals(List.of(), about("bee"));
    assertEquals(List.of(), about("#"));
    assertEquals(List.of("bees", "new-people"), reader.home(ana, Page.newest(40)).get(1).tags());
  }

  @Test
  void postsWithATagArePaged() {
    for (int i = 0; i < 5; i++) {
      node.takes(tagged(ben, "p" + i, "bees"));
    }
    List<PostView> all = node.engine.tags().posts(ana, "bees", Page.newest(40));
    Optional<PostId> middle = Optional.of(all.get(2).id());

    assertEquals(List.of("p1", "p0"), about("bees", new Page(middle, Optional.empty(), false, 40)));
    assertEquals(List.of("p3"), about("bees", new Page(Optional.empty(), middle, true, 1)));
    assertEquals(List.of("p4"), about("bees", new Page(Optional.empty(), middle, false, 1)));
  }

  @Test
  void onlyWhatIsWantedAndOpenIsFound() {
    AccountId other = node.account("Dora");
    node.follow(other, stranger);
    node.takes(
        tagged(ben, "open", "bees"),
        tagged(stranger, "of a stranger", "bees"),
        ben.writes(
            post(
                ben,
                "sealed",
                Optional.empty(),
                List.of("bees"),
                Optional.empty(),
                Optional.of(List.of()))));
    assertEquals(List.of("open"), about("bees"));

    node.relate(ana, ben.name(), FollowState.BLOCKING);

    assertEquals(List.of(), about("bees"));
  }

  @Test
  void aThingOfAnotherKindStandsAmongPostsAndIsAnswered() {
    TestAuthor.Written invitation = card("a game?", Optional.empty());
    TestAuthor.Written answer = ben.replies(invitation.id(), invitation.id(), "gladly");
    node.takes(invitation, answer);

    assertEquals(List.of("gladly", "a game?"), node.home(ana));
    assertEquals(Optional.of("chess_move"), node.view(ana, invitation.id()).kind());
    assertEquals(Optional.empty(), node.view(ana, answer.id()).kind());
    assertEquals(1, node.view(ana, invitation.id()).replies());
  }

  @Test
  void theStepsWithinAThingStandInItsThreadAlone() {
    TestAuthor.Written invitation = card("a game?", Optional.empty());
    TestAuthor.Written move = card("e4", Optional.of(invitation.id()));
    node.takes(invitation, move);

    assertEquals(List.of("a game?"), node.home(ana));
    assertEquals(List.of("a game?"), TestNode.texts(reader.around(ana, Page.newest(40))));
    assertEquals(
        List.of("e4"), TestNode.texts(reader.thread(ana, node.id(invitation.id())).descendants()));
    assertEquals(
        List.of("e4", "a game?"),
        TestNode.texts(reader.byPerson(ana, node.person(ben.name()), Page.newest(40))));
  }

  @Test
  void tagsAndKindsSurviveARebuild() {
    TestAuthor.Written tagged = tagged(ben, "one", "bees");
    node.takes(tagged, card("a game?", Optional.empty()));
    List<String> before = node.engine.dumpViews();

    node.rebuild();

    assertEquals(before, node.engine.dumpViews());
    assertEquals(List.of("bees"), node.view(ana, tagged.id()).tags());
  }
}
