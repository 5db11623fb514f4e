package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.AddressBook;
import org.skep.kernel.Examination;
import org.skep.kernel.Examination.Finding;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;

/** What the engine's room looks at, sound and broken. */
class ExaminationsTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
    node.takes(ben.posts("hello"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<Finding> findings(boolean running) {
    return Engine.examinations(
            node.store,
            node.aliases,
            node.facts,
            node.vault,
            List.of(node.home, node.town, node.village),
            node.clock,
            running)
        .stream()
        .map(Examination::look)
        .flatMap(List::stream)
        .toList();
  }

  /** The one thing that is wrong. */
  private String wrong() {
    List<Finding> findings = findings(true);
    assertEquals(1, findings.size(), findings::toString);
    return assertInstanceOf(Finding.Wrong.class, findings.getFirst()).words();
  }

  private void write(String sql) {
    node.store.write(Lane.OWN, tx -> tx.run(sql));
  }

  @Test
  void nothingIsFoundWhereAllIsWell() {
    assertEquals(List.of(), findings(true));
    assertEquals(List.of(), findings(false));
  }

  @Test
  void aClockThatWasSetBackIsNamed() {
    node.clock.setWall(TestClock.START_MILLIS - Duration.ofHours(1).toMillis());
    assertEquals(List.of(), findings(true));
    node.clock.setWall(TestClock.START_MILLIS - Duration.ofDays(2).toMillis());
    assertTrue(wrong().contains("and yet something was kept here at 2026-11-01"), wrong());
    node.clock.setWall(0);
    assertTrue(wrong().startsWith("The clock of this computer says 1970-01-01"), wrong());
  }

  @Test
  void viewsThatAreBehindAreNamedWhereTheNodeRunsAndElseToldOf() {
    write("UPDATE projection SET offset = -1 WHERE name = 'posts'");
    assertInstanceOf(Finding.Remark.class, findings(true).getFirst());
    write("UPDATE projection SET offset = 0 WHERE name = 'posts'");
    assertTrue(wrong().endsWith("./skep rebuild"));
    assertInstanceOf(Finding.Remark.class, findings(false).getFirst());
    write("UPDATE projection SET version = 0 WHERE name = 'posts'");
    assertTrue(wrong().endsWith("./skep rebuild"));
  }

  @Test
  void whoCannotWriteIsNamed() {
    Ref own = node.identity(ana, node.town);
    long number = node.store.read(tx -> node.aliases.find(tx, own).orElseThrow());
    write(
        "INSERT INTO elsewhere (author, log, sequence, origin, received_ms, cause) VALUES ("
            + number
            + ", '', 7, 1, 0, 'AHEAD')");
    assertTrue(wrong().startsWith("Ana writes nothing on town for now. "), wrong());
    assertTrue(wrong().endsWith("./skep resume --account 'Ana'"), wrong());
  }

  @Test
  void whatWaitsForMoreThanADayIsNamed() {
    ben.posts("never comes");
    node.offer(ben.posts("waits"));
    assertEquals(List.of(), findings(true));
    node.clock.advance(WaitingExamination.PATIENCE.plusMinutes(1));
    assertTrue(wrong().endsWith("./skep why @ben"), wrong());
  }

  @Test
  void thatSoonNothingMoreCanWaitIsNamed() {
    write(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + Deferrals.WAITING_MAX
            + ") INSERT INTO deferred (network, author, log, sequence, alias, origin, lane,"
            + " received_ms, bytes, length_bytes)"
            + " SELECT 'town', 1, '', i, 100000 + i, 1, 'BULK', "
            + TestClock.START_MILLIS
            + ", x'00', 1 FROM n");
    assertTrue(wrong().startsWith(Deferrals.WAITING_MAX + " entries wait "), wrong());
  }

  @Test
  void whatReachesNobodyIsNamedOnceSomebodyIsKnown() {
    node.post(ana, "is anybody there?");
    node.clock.advance(DeliveryExamination.PATIENCE.plusMinutes(1));
    assertEquals(List.of(), findings(true), "she gave no address yet");
    new SqlAddressBook(node.store)
        .remember(TestNode.TOWN, new AddressBook.Entry(ana, "net:somewhere"));
    assertTrue(wrong().startsWith("What Ana wrote more than two days ago"), wrong());
    Ref own = node.identity(ana, node.town);
    long end = node.ownFace(ana, node.town).content().position().sequence();
    new AcknowledgedDelivery(node.store, node.aliases, node.facts, node.clock)
        .acknowledged(new Ref(TestNode.TOWN, "peer"), own, "", end);
    assertEquals(List.of(), findings(true));
  }
}
