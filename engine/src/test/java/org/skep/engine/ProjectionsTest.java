package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.engine.views.PostsView;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Checked;
import org.skep.kernel.DiskException;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Examination;
import org.skep.kernel.Fact;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Projection;
import org.skep.kernel.Target;
import org.skep.kernel.Tx;

/** Views keep step with the facts, and can be built anew at any time. */
class ProjectionsTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Checked.Sound sound(TestAuthor.Written entry) {
    return (Checked.Sound) node.town.check(entry.raw().bytes());
  }

  /** A life with a bit of everything. */
  private void live() {
    TestAuthor.Written hello = ben.posts("hello there, this is the sea");
    TestAuthor.Written answer = ben.replies(hello.id(), hello.id(), "and an answer");
    node.takes(hello, answer, ben.likes(answer.id(), true));
    node.takes(
        ben.describes(ProfileField.NAME, "Ben\0 | and 'quotes'"),
        ben.declares(new TestAuthor(TestNode.VILLAGE, "benjamin").name()));
    node.post(ana, "an own post, about things", Optional.of(node.id(hello.id())));
    node.engine.actions().act(ana, new Intent.Bookmark(new Target(List.of(hello.id())), true));
    node.engine.actions().act(ana, new Intent.ReadUpTo("home", node.id(hello.id())));
  }

  @Test
  void aViewThatFailsHalfWayLeavesNothingOfTheFact() {
    Projections projections =
        node.projections(List.of(new PostsView(node.aliases), new FailingView()));
    projections.prepare();
    Recorder recorder = node.recorder(projections);
    TestAuthor.Written hello = ben.posts("hello");
    List<String> before = projections.dump();
    long offset = offset("posts");

    assertThrows(
        IllegalStateException.class,
        () ->
            node.store.write(
                Lane.OWN,
                tx -> recorder.recordOwn(tx, ana, sound(hello).fact(), Optional.empty())));

    assertEquals(before, projections.dump());
    assertEquals(offset, offset("posts"));
    assertFalse(node.has(hello.id()), "what she would not see herself she does not write");

    node.store.write(Lane.LIVE, tx -> recorder.record(tx, sound(hello), true, "peer", true));

    List<String> after = new ArrayList<>(projections.dump());
    assertTrue(after.removeLast().endsWith(" TRIPPED"), after::toString);
    assertEquals(before, after);
    assertTrue(offset("posts") > offset);
    assertTrue(node.has(hello.id()));
  }

  private void damage(TestAuthor.Written entry) {
    node.store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "UPDATE fact SET compression = 0, bytes = x'00' WHERE alias = ?",
                node.aliases.number(tx, entry.id())));
  }

  private List<Examination.Finding> findings() {
    return new PassedExamination(node.store).look();
  }

  @Test
  void whatIsDamagedOrTripsTheViewsIsPassedOverByEveryRebuildAndTold() {
    TestAuthor.Written one = ben.posts("one");
    TestAuthor.Written lost = ben.posts("lost");
    TestAuthor.Written two = ben.posts("two");
    TestAuthor.Written boom = ben.writes(TestClock.START_MILLIS, "boom");
    TestAuthor.Written three = ben.posts("three");
    TestAuthor.Written alsoLost = ben.posts("lost as well");
    node.takes(one, lost, two, boom, three, alsoLost);
    List<Examination.Finding> before = findings();
    assertEquals(1, before.size());
    assertTrue(before.getFirst().words().startsWith("Skep trips over entry 4 of @ben and shows"));
    damage(lost);
    damage(alsoLost);

    node.rebuild();

    assertEquals(List.of("three", "two", "one"), node.home(ana));
    List<String> after = node.engine.dumpViews();
    node.rebuild();
    assertEquals(after, node.engine.dumpViews());
    node.takes(ben.posts("and life goes on"));
    assertTrue(
        findings()
            .getFirst()
            .words()
            .startsWith("The disk did not keep entry 2 of @ben and 1 more"));
    assertInstanceOf(Examination.Finding.Wrong.class, findings().getFirst());
    assertInstanceOf(Examination.Finding.Remark.class, findings().getLast());
    assertEquals(before.getFirst(), findings().getLast());
  }

  @Test
  void aDamagedRecordDoesNotKeepANodeFromStarting() {
    live();
    TestAuthor.Written lost = ben.posts("lost");
    node.takes(lost);
    List<String> home = new ArrayList<>(node.home(ana));
    assertTrue(home.remove("lost"));
    damage(lost);
    List<String> damaged = new ArrayList<>(node.home(ana));
    assertTrue(damaged.remove("(These words are not here any more.)"));
    assertEquals(home, damaged);
    node.store.write(Lane.OWN, tx -> tx.run("UPDATE projection SET version = version - 1"));
    node.close();

    node = new TestNode(folder);

    assertEquals(home, node.home(ana));
    assertFalse(node.engine.dumpViews().isEmpty());
    node.close();
    node = new TestNode(folder, (done, total) -> fail("nothing needs to be built"));
  }

  @Test
  void aRecordThatIsNotEvenReadAsARowDoesNotKeepANodeFromStarting() {
    live();
    TestAuthor.Written lost = ben.posts("lost");
    node.takes(lost);
    List<String> home = new ArrayList<>(node.home(ana));
    assertTrue(home.remove("lost"));
    node.store.write(
        Lane.OWN,
        tx ->
            tx.run("UPDATE projection SET version = version - 1")
                + tx.run(
                    "UPDATE fact SET origin = 999999 WHERE alias = ?",
                    node.aliases.number(tx, lost.id())));
    node.close();

    node = new TestNode(folder);

    assertEquals(home, node.home(ana));
    assertEquals(1, findings().size());
  }

  @Test
  void aDiskThatFailsIsNoFaultOfAFact() {
    live();
    List<String> before = node.engine.dumpViews();
    AtomicBoolean full = new AtomicBoolean(true);
    node.town.beforeInterpreting(fact -> {
      if (full.get()) {
        throw new DiskException("the disk is full", new IllegalStateException());
      }
    });

    assertThrows(DiskException.class, node::rebuild);
    assertEquals(before, node.engine.dumpViews());
    full.set(false);
    node.rebuild();

    assertEquals(before, node.engine.dumpViews());
    assertEquals(List.of(), findings());
  }

  @Test
  void aNodeThatNeverPassedAnythingOverBuildsNothingForThat() {
    live();
    node.store.write(
        Lane.OWN,
        tx -> {
          tx.run("DROP TABLE passed_fact_1");
          return tx.run("DELETE FROM projection WHERE name = 'passed'");
        });
    assertEquals(List.of(), findings());
    node.close();

    node = new TestNode(folder, (done, total) -> fail("nothing needs to be built"));

    assertEquals(List.of(), findings());
  }

  @Test
  void rowsAndOffsetStandInOneTransaction() {
    Projections projections = node.projections(Engine.views(node.aliases));
    Recorder recorder = node.recorder(projections);
    TestAuthor.Written hello = ben.posts("hello");
    List<String> before = projections.dump();
    long offset = offset("posts");

    assertThrows(
        IllegalStateException.class,
        () ->
            node.store.write(
                Lane.LIVE,
                tx -> {
                  recorder.record(tx, sound(hello), true, "peer", true);
                  assertEquals(1L, tx.number("SELECT count(*) FROM {posts.post}").orElseThrow());
                  throw new IllegalStateException("the power went");
                }));

    assertEquals(offset, offset("posts"));
    assertEquals(before, projections.dump());

    List<Long> seen = new ArrayList<>();
    Fact fact =
        node.store.write(
            Lane.LIVE,
            tx -> {
              Fact kept = recorder.record(tx, sound(hello), true, "peer", true);
              tx.atEnd("after it", () -> seen.add(offset(tx, "posts")));
              return kept;
            });
    assertEquals(List.of(fact.localSeq()), seen);
    assertEquals(fact.localSeq(), offset("posts"));
  }

  private static long offset(Tx tx, String view) {
    return tx.number("SELECT offset FROM projection WHERE name = ?", view).orElseThrow();
  }

  private long offset(String view) {
    return node.store.read(tx -> offset(tx, view));
  }

  @Test
  void rebuildGivesTheSameDumpIdsIncluded() {
    live();
    List<String> before = node.engine.dumpViews();
    assertTrue(before.size() > 40, "there must be something to compare");

    node.rebuild();

    assertEquals(before, node.engine.dumpViews());
    node.rebuild();
    assertEquals(before, node.engine.dumpViews());
  }

  @Test
  void readsAndWritesGoOnDuringARebuild() throws Exception {
    live();
    for (int i = 0; i < 600; i++) {
      node.takes(ben.posts("t" + i));
    }
    node.heard.clear();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    Thread reading =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!over.get()) {
                  if (node.engine.reader().home(ana, Page.newest(40)).size() != 40
                      || node.engine.reader().search(ana, "sea", 5).size() != 1) {
                    throw new AssertionError("a reader saw a view that was not whole");
                  }
                  reads.incrementAndGet();
                }
              } catch (Throwable e) {
                failures.add(e);
              }
            });
    List<TestAuthor.Written> meanwhile = new ArrayList<>();
    node.rebuild((done, total) -> {
      if (done > 0) {
        TestAuthor.Written fresh = ben.posts("written during " + done);
        meanwhile.add(fresh);
        node.takes(fresh);
      }
    });
    Await.until("somebody read", () -> reads.get() > 0);
    over.set(true);
    reading.join();

    assertEquals(List.of(), failures);
    assertFalse(meanwhile.isEmpty(), "the rebuild must take more than one slice");
    meanwhile.forEach(entry -> assertTrue(node.view(ana, entry.id()).text().contains("during")));
    List<String> after = node.engine.dumpViews();
    node.rebuild();
    assertEquals(after, node.engine.dumpViews());
    long shown = node.heard.stream().filter(Announcement.PostShown.class::isInstance).count();
    assertEquals(meanwhile.size(), shown, "what was announced before is not announced again");
  }

  @Test
  void leftoversOfAnInterruptedRebuildAreCleared() throws Exception {
    live();
    assertThrows(
        IllegalStateException.class,
        () ->
            node.rebuild((done, total) -> {
              throw new IllegalStateException("the power went");
            }));
    assertTrue(tables("%\\_2").size() > 5, tables("%").toString());
    List<String> before = node.engine.dumpViews();
    node.close();

    node = new TestNode(folder, (done, total) -> fail("nothing needs to be built"));
    node.engine.clearFormerViews();

    assertEquals(List.of(), tables("%\\_2"));
    assertEquals(List.of(), tables("search\\_words\\_2%"));
    assertEquals(before, node.engine.dumpViews());
    node.rebuild();
    assertEquals(before, node.engine.dumpViews());
    assertEquals(List.of(), tables("%\\_words\\_1%"));
    assertEquals(List.of(), tables("%\\_1"));
  }

  @Test
  void aRebuildOverTheLeftoversOfAnotherGivesTheSame() {
    live();
    List<String> before = node.engine.dumpViews();
    for (int i = 0; i < 2; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              node.rebuild((done, total) -> {
                throw new IllegalStateException("the power went");
              }));
      node.post(ana, "one more");
    }
    node.rebuild();
    List<String> after = node.engine.dumpViews();
    assertTrue(after.size() > before.size());
    node.rebuild();
    assertEquals(after, node.engine.dumpViews());
  }

  @Test
  void anInterruptionEndsARebuildAfterTheSliceItIsAt() throws Exception {
    live();
    for (int i = 0; i < 1_200; i++) {
      node.takes(ben.posts("t" + i));
    }
    List<String> before = node.engine.dumpViews();
    AtomicInteger slices = new AtomicInteger();

    assertThrows(
        InterruptedException.class,
        () ->
            node.engine.rebuild((done, total) -> {
              if (slices.incrementAndGet() == 2) {
                Thread.currentThread().interrupt();
              }
            }));

    assertEquals(2, slices.get());
    assertEquals(before, node.engine.dumpViews());
    node.engine.stopRebuilding();
    assertThrows(InterruptedException.class, () -> node.engine.rebuild((done, total) -> {}));
  }

  @Test
  void formerTablesAreClearedInSlices() throws Exception {
    AtomicInteger slices = new AtomicInteger();
    Projections projections = node.projections(List.of(new Marking(1)));
    projections.prepare();
    node.store.write(
        Lane.OWN,
        tx -> {
          tx.run("UPDATE projection SET generation = 2 WHERE name = 'marking'");
          return tx.run(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
                  + " INSERT INTO marking_seen_1 (seq, made_by_1) SELECT i, 1 FROM n");
        });
    Thread clearing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                projections.clearFormer();
              } catch (InterruptedException e) {
                slices.set(-1);
              }
            });
    clearing.interrupt();
    clearing.join();
    assertEquals(-1, slices.get(), "it must look at interruption between two slices");
    assertEquals(List.of("marking_seen_1"), tables("marking%"));

    projections.clearFormer();

    assertEquals(List.of(), tables("marking%"));
  }

  private List<String> tables(String like) {
    return node.store.read(tx ->
        tx.all(
            row -> row.text(0),
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ? ESCAPE '\\'",
            like));
  }

  @Test
  void aViewOfAnotherVersionWithOtherColumnsIsBuiltBeforeAnybodyReads() {
    live();
    List<String> before = node.engine.dumpViews();
    List<String> home = node.home(ana);
    node.store.write(
        Lane.OWN,
        tx -> {
          tx.run("ALTER TABLE relations_relation_1 DROP COLUMN state");
          tx.run("ALTER TABLE posts_post_1 RENAME COLUMN kind TO sort");
          return tx.run(
              "UPDATE projection SET version = version - 1 WHERE name IN ('relations', 'posts')");
        });
    node.close();
    AtomicInteger told = new AtomicInteger();

    node = new TestNode(folder, (done, total) -> told.incrementAndGet());

    assertEquals(home, node.home(ana));
    assertEquals(before, node.engine.dumpViews());
    assertTrue(told.get() > 0, "who waits is told how far it is");
    node.takes(ben.posts("and life goes on"));
    node.close();
    node = new TestNode(folder, (done, total) -> fail("nothing needs to be built"));
  }

  /** A view whose rows say which version made them. */
  private static final class Marking implements Projection {
    private final int version;

    Marking(int version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "marking";
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public List<String> schema() {
      return List.of(
          "CREATE TABLE {marking.seen} (seq INTEGER PRIMARY KEY, made_by_"
              + version
              + " INTEGER NOT NULL) STRICT");
    }

    @Override
    public void apply(Tx tx, Fact cause, DomainEvent event) {
      tx.run(
          "INSERT OR REPLACE INTO {marking.seen} (seq, made_by_" + version + ") VALUES (?, ?)",
          cause.localSeq(),
          version);
    }

    @Override
    public List<String> dump() {
      return List.of("SELECT CAST(seq AS TEXT) FROM {marking.seen} ORDER BY seq");
    }
  }

  private void record(Projections projections, TestAuthor.Written entry) {
    Recorder recorder = node.recorder(projections);
    node.store.write(Lane.LIVE, tx -> recorder.record(tx, sound(entry), true, "peer", true));
  }

  private void rebuild(Projections projections, Projections.Progress progress) {
    try {
      projections.rebuild(node.interpreter()::events, progress);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Long> seen() {
    return node.store.read(
        tx -> tx.all(row -> row.number(0), "SELECT seq FROM {marking.seen} ORDER BY seq"));
  }

  @Test
  void aNewVersionIsBuiltBesideTheOldOneAndChangedOver() {
    Projections old = node.projections(List.of(new Marking(1)));
    assertTrue(old.prepare(), "a view added to old facts must be built");
    rebuild(old, (done, total) -> {});
    record(old, ben.posts("one"));
    List<Long> before = seen();
    assertFalse(node.projections(List.of(new Marking(1))).prepare());

    Projections fresh = node.projections(List.of(new Marking(2)));
    assertTrue(fresh.prepare());
    long offset = offset("marking");
    record(fresh, ben.posts("two"));
    assertEquals(before, seen(), "the old tables are not touched by the new version");
    assertEquals(offset, offset("marking"), "a view that did not take it in is behind");
    rebuild(
        fresh,
        (done, total) -> assertEquals(before, seen(), "the old one is there until it is ready"));

    assertEquals(before.size() + 1, seen().size());
    assertEquals(
        seen(),
        node.store.read(tx ->
            tx.all(
                row -> row.number(0),
                "SELECT seq FROM {marking.seen} WHERE made_by_2 = 2 ORDER BY seq")));
    assertFalse(node.projections(List.of(new Marking(2))).prepare());
  }

  @Test
  void aViewThatIsBehindStaysSoUntilItWasBuilt() {
    Projections added = node.projections(List.of(new Marking(1)));
    assertTrue(added.prepare());
    record(added, ben.posts("came before the rebuild"));

    assertTrue(added.prepare(), "one later fact must not hide that the earlier ones are missing");
    rebuild(added, (done, total) -> {});
    assertFalse(added.prepare());
  }
}
