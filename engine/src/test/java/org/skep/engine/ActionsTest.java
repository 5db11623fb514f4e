package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;

/** What the owner does. */
class ActionsTest {
  @TempDir Path folder;
  private TestNode node;
  private Actions actions;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    actions = node.engine.actions();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private long facts() {
    return node.store.read(node.facts::lastSeq);
  }

  private static Intent.Post post(Audience audience, String text) {
    return new Intent.Post(audience, text, Optional.empty(), "", List.of(), List.of());
  }

  @Test
  void anOwnPostIsOnePostWithSeveralNames() {
    AccountId ana = node.account("Ana");

    PostId id = node.post(ana, "hello, everywhere");

    assertEquals(List.of("hello, everywhere"), node.home(ana));
    PostView view = node.engine.reader().post(ana, id).orElseThrow();
    assertEquals(
        List.of(NetworkId.HOME, TestNode.TOWN, TestNode.VILLAGE),
        view.names().stream().map(Ref::network).toList());
    assertTrue(view.own());
    assertEquals("Ana", view.author().name());
    assertEquals(3, view.author().identities().size());
  }

  @Test
  void anActThatNoNetworkCanCarryLeavesNothingBehind() {
    AccountId ana = node.account("Ana");
    long before = facts();
    List<String> views = node.engine.dumpViews();
    node.town.refuse("the town is asleep");
    node.village.refuse("the village too");

    Refusal refusal =
        assertThrows(Refusal.class, () -> actions.act(ana, post(Audience.ANYBODY, "hello")));

    assertEquals("the town is asleep the village too", refusal.getMessage());
    assertEquals(before, facts());
    assertEquals(views, node.engine.dumpViews());
  }

  @Test
  void whatOneNetworkCantCarryIsSaidAndTheOtherCarriesIt() {
    AccountId ana = node.account("Ana");
    node.town.refuse("the town is asleep");

    Actions.Done done = actions.act(ana, post(Audience.ANYBODY, "hello"));

    assertEquals(Map.of(TestNode.TOWN, "the town is asleep"), done.notDone());
    assertEquals(List.of("hello"), node.home(ana));
  }

  @Test
  void whatIsForMyselfReachesNoNetworkAndIsReadAgainAfterARebuild() {
    AccountId ana = node.account("Ana");
    PostId id = node.post(ana, "hello");
    long before = facts();

    actions.act(ana, new Intent.ReadUpTo("home", id));

    assertEquals(before + 1, facts());
    node.rebuild();
    assertEquals(id, node.engine.reader().readMark(ana, "home").orElseThrow().post());
  }

  @Test
  void namesAreBounded() {
    for (String name : List.of("", "   ", "\u3000", "a\nb", "a\0b", "x".repeat(61))) {
      assertThrows(Refusal.class, () -> node.account(name), name);
    }
    AccountId ana = node.account("x".repeat(60));
    assertThrows(
        Refusal.class, () -> actions.act(ana, new Intent.Describe(ProfileField.NAME, " ")));
    assertThrows(
        Refusal.class,
        () ->
            actions.act(
                ana,
                new Intent.Describe(
                    ProfileField.DESCRIPTION, "x".repeat(Bounds.DESCRIPTION_CHARS_MAX + 1))));
  }

  @Test
  void whatTheOwnLogCanNotHoldIsRefusedInWords() {
    AccountId ana = node.account("Ana");
    String half = "half \uD83D";
    for (Intent intent :
        List.of(
            warned("界".repeat(342)),
            warned("界".repeat(Bounds.WARNING_CHARS_MAX)),
            warned(half),
            post(Audience.ANYBODY, half),
            post(Audience.ANYBODY, "界".repeat(22_000)),
            new Intent.Describe(ProfileField.NAME, half),
            new Intent.Describe(ProfileField.DESCRIPTION, half))) {
      assertThrows(Refusal.class, () -> actions.act(ana, intent), intent.toString());
    }
    assertThrows(Refusal.class, () -> node.account(half));
    actions.act(ana, warned("界".repeat(341)));
  }

  private static Intent warned(String warning) {
    return new Intent.Post(
        Audience.ANYBODY, "hello", Optional.empty(), warning, List.of(), List.of());
  }

  @Test
  void aNameOfARecordIsNobodys() {
    AccountId ana = node.account("Ana");
    node.post(ana, "hello");
    Ref operation = node.ownFace(ana, node.home).content().id();
    PersonId number = node.person(operation);

    assertEquals(Optional.empty(), node.engine.reader().person(number));
    assertThrows(Refusal.class, () -> node.engine.composer().person(number));
  }

  @Test
  void whatWouldBeCutIsRefused() {
    AccountId ana = node.account("Ana");

    assertThrows(Refusal.class, () -> actions.act(ana, post(Audience.ANYBODY, " \n ")));
    assertThrows(
        Refusal.class,
        () -> actions.act(ana, post(Audience.ANYBODY, "x".repeat(Bounds.TEXT_CHARS_MAX + 1))));
    assertThrows(
        Refusal.class,
        () ->
            actions.act(
                ana,
                new Intent.Post(
                    Audience.ANYBODY,
                    "hello",
                    Optional.empty(),
                    "x".repeat(Bounds.WARNING_CHARS_MAX + 1),
                    List.of(),
                    List.of())));
    Target some = new Target(List.of(new Ref(TestNode.TOWN, "%some")));
    for (String expression : List.of("", " ", "x".repeat(33))) {
      assertThrows(
          Refusal.class,
          () -> actions.act(ana, new Intent.React(some, some, expression, true)),
          expression);
    }
  }

  @Test
  void theSameNameIsRefused() {
    node.account("Ana");

    assertThrows(Refusal.class, () -> node.account(" Ana "));
    assertThrows(Refusal.class, () -> node.account("ANA"));
  }

  @Test
  void creatingAnAccountIsOneTransaction() {
    List<String> before = node.engine.dumpViews();

    // The village's secret is refused after the home log and the town have their identities.
    assertThrows(Refusal.class, () -> actions.createAccount("Ana", Map.of(TestNode.VILLAGE, " ")));

    assertEquals(0, facts());
    assertEquals(before, node.engine.dumpViews());
    assertEquals(List.of(), node.store.read(node.vault::accounts));
    assertEquals(
        Optional.empty(),
        node.store.read(tx -> tx.first(row -> row.number(0), "SELECT 1 FROM account_identity")));
    node.account("Ana");
  }

  @Test
  void anIdentityLivesInOneAccountOnly() {
    actions.createAccount("Ana", Map.of(TestNode.TOWN, "secret"));

    assertThrows(Refusal.class, () -> actions.createAccount("Bo", Map.of(TestNode.TOWN, "secret")));
    assertEquals(1, node.store.read(node.vault::accounts).size());
  }

  @Test
  void aSecretForANetworkThatIsNotHereIsRefused() {
    assertThrows(
        Refusal.class, () -> actions.createAccount("Ana", Map.of(new NetworkId("mars"), "secret")));
  }

  @Test
  void anAccountIsOnePersonOnAllNetworks() {
    AccountId ana = node.account("Ana");

    PersonView self = node.engine.reader().self(ana);

    assertEquals("Ana", self.name());
    assertTrue(self.own());
    assertEquals(
        List.of(NetworkId.HOME, TestNode.TOWN, TestNode.VILLAGE),
        self.identities().stream().map(Ref::network).toList());
  }

  @Test
  void aReplyCarriesRootParentAndTips() {
    AccountId ana = node.account("Ana");
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    TestAuthor.Written root = ben.posts("root");
    TestAuthor.Written middle = ben.replies(root.id(), root.id(), "middle");
    TestAuthor.Written side = ben.replies(root.id(), root.id(), "side");
    TestAuthor.Written leaf = ben.replies(root.id(), middle.id(), "leaf");
    node.takes(root, middle, side, leaf);

    Intent.Reply reply = node.engine.composer().reply(ana, node.id(middle.id()));

    assertEquals(List.of(root.id()), reply.root().names());
    assertEquals(List.of(middle.id()), reply.parent().names());
    assertEquals(List.of(ben.name()), reply.parentAuthor().names());
    assertEquals(
        Set.of(side.id(), leaf.id()),
        reply.tips().stream().flatMap(tip -> tip.names().stream()).collect(Collectors.toSet()));

    PostId own = node.post(ana, "mine", Optional.of(node.id(middle.id())));
    PostView view = node.engine.reader().post(ana, own).orElseThrow();
    assertEquals(Optional.of(node.id(middle.id())), view.parent());
    assertEquals(Optional.of(node.id(root.id())), view.root());
    assertTrue(view.isReply());
  }

  @Test
  void aReplyToAPostWhoseRootIsNotHereNamesTheRootItNames() {
    AccountId ana = node.account("Ana");
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    Ref missing = new Ref(TestNode.TOWN, "%missing");
    TestAuthor.Written answer = ben.replies(missing, missing, "to something unseen");
    node.takes(answer);

    Intent.Reply reply = node.engine.composer().reply(ana, node.id(answer.id()));

    assertEquals(List.of(missing), reply.root().names());
    assertEquals(List.of(answer.id()), reply.tips().getFirst().names());
  }

  @Test
  void aReplyToAPostThatIsNotHereIsRefused() {
    assertThrows(
        Refusal.class,
        () ->
            node.engine
                .composer()
                .reply(node.account("Ana"), new PostId(123_456_789_012_345_678L)));
  }

  @Test
  void mentionsAreReadFromTheText() {
    List<Intent.Mention> mentions =
        node.engine.composer().mentions("hi [@ben](@ben-town) and [not](http://x) [@](@a)");

    assertEquals(1, mentions.size());
    assertEquals("ben", mentions.getFirst().name());
    assertFalse(mentions.getFirst().person().names().isEmpty());
  }
}
