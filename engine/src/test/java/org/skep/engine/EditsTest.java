package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.engine.views.PostsView;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Row;
import org.skep.kernel.Tx;
import org.skep.wire.crypto.Digests;

/** What authors say anew and take back, by themselves and by others, in any order. */
class EditsTest {
  private static final long THEN = TestClock.START_MILLIS - 100_000;

  @TempDir private Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor eve = new TestAuthor(TestNode.TOWN, "eve");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben, eve);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private PostView view(Ref name) {
    return node.view(ana, name);
  }

  private List<String> found(String words) {
    return TestNode.texts(node.engine.reader().search(ana, words, 10));
  }

  private List<String> tagged(String tag) {
    return TestNode.texts(node.engine.tags().posts(ana, tag, Page.newest(10)));
  }

  private List<String> history(PostId id) {
    return node.engine.reader().history(ana, id).stream().map(PostView.Version::text).toList();
  }

  private void assertRebuildGivesTheSame() {
    List<String> dump = node.engine.dumpViews();
    node.rebuild();
    assertEquals(dump, node.engine.dumpViews());
  }

  private PostId edit(PostId id, String text) {
    Intent intent = node.engine.composer().edit(ana, id, text, "", List.of());
    node.engine.actions().act(ana, intent);
    return id;
  }

  private void delete(PostId id) {
    node.engine.actions().act(ana, node.engine.composer().delete(ana, id));
  }

  @Test
  void newWordsTakeThePlaceOfTheOldEverywhereAndTheOldStayInTheHistory() {
    TestAuthor.Written post = ben.posts("honney for all");
    node.takes(post);
    PostId id = node.id(post.id());
    assertEquals(Optional.empty(), view(post.id()).editedMillis());
    TestAuthor.Written edit =
        ben.writes(ben.edit(post.id(), "honey for some", Optional.empty(), List.of("bees")));
    node.takes(edit);

    assertEquals(List.of("honey for some"), node.home(ana));
    assertEquals(id, view(post.id()).id());
    assertEquals(Optional.of(edit.entry().claimedMillis()), view(post.id()).editedMillis());
    assertEquals(List.of("honney for all", "honey for some"), history(id));
    assertEquals(List.of("honey for some"), found("honey"));
    assertEquals(List.of(), found("honney"));
    assertEquals(List.of("honey for some"), tagged("bees"));
    assertTrue(node.heard.contains(new Announcement.PostChanged(id)));
    assertRebuildGivesTheSame();
  }

  @Test
  void aTagThatWasTakenOutLeadsThereNoLonger() {
    TestAuthor.Written post = ben.posts("plain");
    node.takes(
        post,
        ben.writes(ben.edit(post.id(), "one", Optional.empty(), List.of("bees"))),
        ben.writes(ben.edit(post.id(), "two", Optional.empty(), List.of("wasps"))));

    assertEquals(List.of(), tagged("bees"));
    assertEquals(List.of("two"), tagged("wasps"));
  }

  @Test
  void anotherAuthorsWordsAndTombstonesSayNothing() {
    TestAuthor.Written post = ben.posts("mine");
    node.takes(post, eve.edits(post.id(), "hers"), eve.deletes(post.id()));

    assertEquals(List.of("mine"), node.home(ana));
    assertEquals(List.of("mine"), history(node.id(post.id())));
    assertEquals(List.of(), found("hers"));
    assertRebuildGivesTheSame();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whicheverOrderThingsComeInTheNewestWordsCount(long seed) {
    TestAuthor.Written post = other("a").writes(THEN, "open", ben.post("first"));
    List<TestAuthor.Written> all =
        new ArrayList<>(
            List.of(
                post,
                other("b").writes(THEN + 1, "open", edited(post.id(), "second")),
                other("c").writes(THEN + 3, "open", edited(post.id(), "fourth")),
                other("d").writes(THEN + 2, "open", edited(post.id(), "third"))));
    Collections.shuffle(all, new Random(seed));
    all.forEach(node::takes);

    assertEquals(List.of("first", "second", "third", "fourth"), history(node.id(post.id())));
    assertEquals("fourth", view(post.id()).text());
    assertRebuildGivesTheSame();
  }

  /** Two computers of one person knew the same words and each said them anew. */
  @Test
  void ofAForkedChainWhatWasWrittenLaterCountsAndBothAreKept() {
    TestAuthor.Written post = other("a").writes(THEN, "open", ben.post("first"));
    TestAuthor.Written second = other("b").writes(THEN + 1, "open", edited(post.id(), "second"));
    TestAuthor.Written left = other("c").writes(THEN + 9, "open", edited(second.id(), "left"));
    TestAuthor.Written right = other("d").writes(THEN + 5, "open", edited(second.id(), "right"));
    node.takes(right);
    node.takes(left);
    node.takes(post);
    assertEquals("first", view(post.id()).text(), "what leads to it is not here yet");
    node.takes(second);

    assertEquals("left", view(post.id()).text());
    assertEquals(List.of("first", "second", "right", "left"), history(node.id(post.id())));
    assertRebuildGivesTheSame();
  }

  /** A clock that is put right, or wrong, between two of them. */
  @Test
  void ofOneLogTheLastWordsCountWhateverItsClockSays() {
    TestAuthor.Written post = ben.posts("first");
    TestAuthor.Written second =
        ben.writes(THEN + 9, "open", edited(post.id(), "second of the bees"));
    TestAuthor.Written third = ben.writes(THEN, "open", edited(post.id(), "third of the bees"));
    node.takes(post, second, third);

    assertEquals("third of the bees", view(post.id()).text());
    assertEquals(
        List.of("first", "second of the bees", "third of the bees"), history(node.id(post.id())));
    assertEquals(List.of("third of the bees"), found("bees"));
    assertEquals(List.of(), found("second"));
    assertRebuildGivesTheSame();
  }

  @Test
  void ofOwnWordsTheLastCountAlsoAfterTheClockWentBack() {
    PostId id = edit(node.post(ana, "helo"), "hell");
    node.clock.setWall(TestClock.START_MILLIS - 3_600_000);
    edit(id, "hello");

    assertEquals(List.of("hello"), node.home(ana));
    assertEquals(List.of("helo", "hell", "hello"), history(id));
    assertRebuildGivesTheSame();
  }

  /** Whoever says one thing anew without end burdens nobody but herself. */
  @Test
  void ofWordsWithoutEndTheNewestAreShown() {
    TestAuthor.Written post = ben.posts("first");
    node.takes(post);
    for (int i = 1; i <= 150; i++) {
      node.takes(ben.edits(post.id(), "version " + i));
    }

    List<String> said = history(node.id(post.id()));
    assertEquals(101, said.size());
    assertEquals("first", said.getFirst());
    assertEquals("version 51", said.get(1));
    assertEquals("version 150", said.getLast());
    assertEquals("version 150", view(post.id()).text());
    assertRebuildGivesTheSame();
  }

  /** Each new words of hers cost what the newest of them cost, however many were said before. */
  @Test
  void ofOneLogsWordsOnlyTheNewestCountInWhicheverOrderTheyCome() {
    TestAuthor.Written post = ben.posts("first");
    List<TestAuthor.Written> all = new ArrayList<>();
    Ref before = post.id();
    for (int i = 1; i <= 600; i++) {
      TestAuthor.Written edit = ben.edits(i % 3 == 0 ? post.id() : before, "the bees " + i);
      all.add(edit);
      before = edit.id();
    }
    node.takes(post);
    node.takes(all.toArray(TestAuthor.Written[]::new));

    assertEquals(
        Optional.of(128L),
        node.store.read(tx -> tx.number("SELECT count(post) FROM {posts.edit}")));
    assertEquals("the bees 600", view(post.id()).text());
    assertEquals("the bees 501", history(node.id(post.id())).get(1));
    assertEquals(List.of("the bees 600"), found("bees"));
    assertRebuildGivesTheSame();
  }

  /** Where words lead is known of each, so that nobody goes through those before it. */
  @Test
  void wordsThatCameBeforeWhatTheyAreSaidOfLeadToThePostAllTheSame() {
    TestAuthor.Written post = other("a").writes(THEN, "open", ben.post("first"));
    List<TestAuthor.Written> chain = new ArrayList<>();
    Ref before = post.id();
    for (int i = 0; i < 200; i++) {
      TestAuthor.Written edit =
          other("log" + i).writes(THEN + i, "open", edited(before, "word " + i));
      chain.add(edit);
      before = edit.id();
    }
    Collections.shuffle(chain, new Random(1));
    chain.forEach(node::takes);
    node.takes(post);

    assertEquals("word 199", view(post.id()).text());
    assertEquals(
        Optional.of(1L),
        node.store.read(tx -> tx.number("SELECT count(DISTINCT head) FROM {posts.edit}")));
    assertRebuildGivesTheSame();
  }

  /** Rows and plans instead of times. */
  @Test
  void whatStrangersSayOfAPostWithoutEndIsNotLookedAt() {
    TestAuthor.Written post = ben.posts("first");
    TestAuthor.Written other = ben.posts("other");
    List<TestAuthor.Written> hers = new ArrayList<>();
    Ref before = post.id();
    for (int i = 0; i < 2_000; i++) {
      TestAuthor.Written edit = eve.edits(i % 2 == 0 ? post.id() : before, "hers " + i);
      hers.add(edit);
      before = edit.id();
    }
    node.takes(post, other);
    node.takes(hers.toArray(TestAuthor.Written[]::new));
    Fact cause = node.store.read(tx -> node.facts.range(tx, ben.name(), "", 0, 10)).getLast();
    DomainEvent edited =
        new DomainEvent.Edited(
            ben.name(),
            new Ref(TestNode.TOWN, "anew"),
            post.id(),
            Optional.empty(),
            "second",
            "",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    CountingTx counted =
        node.store.write(
            Lane.OWN,
            tx -> {
              CountingTx counting = new CountingTx(tx);
              new PostsView(node.aliases).apply(counting, cause, edited);
              return counting;
            });

    assertEquals("second", view(post.id()).text());
    assertTrue(counted.rows < 30, counted.rows + " rows");
    String newest =
        counted.asked.stream()
            .filter(query -> query.contains("ORDER BY sequence DESC"))
            .findFirst()
            .orElseThrow();
    List<String> plan =
        node.store.read(
            tx -> tx.all(row -> row.text(3), "EXPLAIN QUERY PLAN " + newest, 1L, 1L, 0L, ""));
    assertEquals(1, plan.size(), "nothing is sorted: " + plan);
    assertTrue(
        plan.getFirst().endsWith("(head=? AND author=? AND sealed=? AND log=?)"), plan::toString);
  }

  /** Counts the rows that a view takes in hand. */
  private static final class CountingTx implements Tx {
    private final Tx tx;
    private final List<String> asked = new ArrayList<>();
    private int rows;

    CountingTx(Tx tx) {
      this.tx = tx;
    }

    @Override
    public int run(String sql, Object... arguments) {
      return tx.run(sql, arguments);
    }

    @Override
    public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
      asked.add(sql);
      List<T> found = tx.all(mapping, sql, arguments);
      rows += found.size();
      return found;
    }

    @Override
    public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
      rows++;
      return tx.first(mapping, sql, arguments);
    }

    @Override
    public <T> Optional<T> once(Object key, Supplier<Optional<T>> reading) {
      return tx.once(key, reading);
    }

    @Override
    public void forget(Object key) {
      tx.forget(key);
    }

    @Override
    public void atEnd(Object key, Runnable work) {
      tx.atEnd(key, work);
    }

    @Override
    public void apart(Consumer<Tx> work) {
      work.accept(this);
    }

    @Override
    public void announce(Announcement announcement) {
      tx.announce(announcement);
    }

    @Override
    public boolean isAwaited() {
      return tx.isAwaited();
    }

    @Override
    public Tx seeing(String projection, long generation) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatItsAuthorTookBackStandsNowhere(boolean tombstoneFirst) {
    TestAuthor.Written post = other("a").writes(THEN, "open", ben.post("secret honey"));
    TestAuthor.Written tombstone =
        other("b").writes(THEN + 1, "open", new DomainEvent.Deleted(ben.name(), post.id(), false));
    TestAuthor.Written edit = other("c").writes(THEN + 2, "open", edited(post.id(), "honey too"));
    TestAuthor.Written answer = eve.replies(post.id(), post.id(), "an answer");
    node.takes(tombstoneFirst ? tombstone : post);
    node.takes(tombstoneFirst ? post : tombstone);
    node.takes(answer);
    node.takes(edit);

    assertEquals(List.of("an answer"), node.home(ana));
    assertEquals(List.of(), found("honey"));
    assertEquals(Optional.empty(), node.engine.reader().postNamed(post.id()));
    assertEquals(1, node.heard.stream().filter(Announcement.EntryGone.class::isInstance).count());
    assertRebuildGivesTheSame();
  }

  @Test
  void aFurtherFaceOfWhatWasTakenBackIsNotShownEither() {
    TestAuthor home = new TestAuthor(NetworkId.HOME, "cleo");
    TestAuthor town = new TestAuthor(TestNode.TOWN, "cleo");
    node.follow(ana, home, town);
    node.takes(home.declares(town.name()));
    TestAuthor.Written operation = home.writes(home.post("gone"));
    node.takes(operation, home.deletes(operation.id()));
    node.takes(town.writes(town.post("gone", Optional.of(operation.id()))));
    assertEquals(List.of("gone"), node.home(ana), "they are not known to be one person");
    node.takes(town.declares(home.name()));

    assertEquals(List.of(), node.home(ana));
    assertRebuildGivesTheSame();
  }

  @Test
  void anOwnPostIsSaidAnewAndTakenBackOnEveryNetwork() {
    PostId id = edit(node.post(ana, "helo"), "hello");
    assertEquals(List.of("hello"), node.home(ana));
    assertEquals(List.of("helo", "hello"), history(id), "its faces are one version");
    assertTrue(
        node.ownFace(ana, node.town).content().bytes().utf8().contains("hello"), "others are told");

    delete(id);
    assertEquals(List.of(), node.home(ana));
    assertTrue(
        node.ownFace(ana, node.village).content().bytes().utf8().contains("delete"),
        "others are told");
    assertRebuildGivesTheSame();
  }

  @Test
  void anEditOfAnAnswerNamesTheBeginningOfItsThreadAsEachNetworkKnowsIt() {
    PostId root = node.post(ana, "a question");
    PostId answer = node.post(ana, "an answer", Optional.of(root));
    Intent.Edit edit = node.engine.composer().edit(ana, answer, "anew", "", List.of());

    assertEquals(
        node.engine.reader().post(ana, root).orElseThrow().names(),
        edit.root().orElseThrow().names());
  }

  /** Of an old post from another computer, say. */
  @Test
  void anEditKeepsAPictureThatIsNotHere() {
    PostId id = node.post(ana, "words");
    Attachment absent =
        new Attachment(new Hash(Digests.sha256(Bytes.ofUtf8("absent"))), "image/png", "a bee", 9);
    node.engine
        .actions()
        .act(ana, node.engine.composer().edit(ana, id, "words, too", "", List.of(absent)));

    assertEquals(
        List.of(absent),
        node.engine.reader().post(ana, id).orElseThrow().attachments().stream()
            .map(PostView.Shown::attachment)
            .toList());
  }

  @Test
  void whatIsSomebodyElsesCanBeNeither() {
    TestAuthor.Written post = ben.posts("mine");
    node.takes(post);
    PostId id = node.id(post.id());

    assertThrows(Refusal.class, () -> edit(id, "hers"));
    assertThrows(Refusal.class, () -> delete(id));
    assertThrows(Refusal.class, () -> edit(node.post(ana, "words"), " "));
  }

  @Test
  void ofALetterEachAccountReadsTheNewestWordsThatItHasAKeyTo() {
    AccountId bo = node.account("Bo");
    node.follow(bo, ben);
    List<Ref> both = List.of(node.identity(ana, node.town), node.identity(bo, node.town));
    TestAuthor.Written letter = sealed(both, ben.sealedPost("first words", Optional.empty(), both));
    node.takes(letter);
    node.takes(sealed(both.subList(1, 2), ben.sealedEdit(letter.id(), "only for bo", both)));
    node.takes(ben.writes(ben.edit(letter.id(), "for everybody", Optional.empty(), List.of())));
    Await.until(
        "what is sealed was opened",
        () ->
            words(ana, letter.id()).isPresent()
                && words(bo, letter.id()).equals(Optional.of("only for bo")));

    assertEquals("first words", node.view(ana, letter.id()).text());
    assertEquals(List.of("first words"), history(node.id(letter.id())));
    assertEquals(
        List.of(), node.engine.reader().search(ana, "only", 10), "not by others' words either");
    assertRebuildGivesTheSame();
  }

  @Test
  void whatOnlySomeCanReadTakesBackLettersAndNoOpenPosts() {
    TestAuthor.Written post = ben.posts("for everybody");
    List<Ref> some = List.of(node.identity(ana, node.town));
    TestAuthor.Written letter = sealed(some, ben.sealedPost("for ana", Optional.empty(), some));
    node.takes(post, letter);
    node.takes(sealed(some, new DomainEvent.Deleted(ben.name(), post.id(), true)));
    node.takes(sealed(some, new DomainEvent.Deleted(ben.name(), letter.id(), true)));
    Await.until(
        "what is sealed was opened",
        () ->
            node.engine.unsealing().isResting()
                && node.engine.reader().postNamed(letter.id()).isEmpty());

    assertEquals(List.of("for everybody"), node.home(ana));
    assertRebuildGivesTheSame();
  }

  @Test
  void anOwnLetterIsSaidAnewAndTakenBackForItsReadersAlone() {
    Intent.Letter letter =
        node.engine
            .composer()
            .letter(ana, List.of(node.person(ben.name())), "dear ben", Optional.empty(), "");
    PostId id = node.id(node.engine.actions().act(ana, letter).operation().content().id());
    edit(id, "dear Ben");
    assertEquals(Optional.of("dear Ben"), node.engine.reader().post(ana, id).map(PostView::text));
    TestEntry face = TestEntry.decode(node.ownFace(ana, node.town).content().bytes());
    assertTrue(face.seal().endsWith("@ben"), face.seal());
    assertThrows(Refusal.class, () -> edit(id, "and [@eve](@eve)"));

    delete(id);
    assertEquals(Optional.empty(), node.engine.reader().post(ana, id));
    TestEntry tombstone = TestEntry.decode(node.ownFace(ana, node.town).content().bytes());
    assertTrue(tombstone.seal().endsWith("@ben"), tombstone.seal());
    assertRebuildGivesTheSame();
  }

  private Optional<String> words(AccountId account, Ref name) {
    Reader reader = node.engine.reader();
    return reader.postNamed(name).flatMap(id -> reader.post(account, id)).map(PostView::text);
  }

  private TestAuthor.Written sealed(List<Ref> keys, DomainEvent said) {
    return ben.writes(
        TestClock.START_MILLIS - 1_000,
        TestNetwork.TO + keys.stream().map(Ref::id).collect(Collectors.joining(",")),
        said);
  }

  private static TestAuthor other(String log) {
    return new TestAuthor(TestNode.TOWN, "ben", log);
  }

  private DomainEvent edited(Ref post, String text) {
    return ben.edit(post, text, Optional.empty(), List.of());
  }
}
