package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;

/** What peers say they have of our logs. */
@Timeout(120)
class AcknowledgedDeliveryTest {
  @TempDir Path folder;
  private TestNode node;
  private AcknowledgedDelivery delivery;
  private AccountId ana;
  private Ref own;
  private long end;
  private final Ref peer = new Ref(TestNode.TOWN, "@peer");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    delivery = new AcknowledgedDelivery(node.store, node.aliases, node.facts, node.clock);
    ana = node.account("Ana");
    node.post(ana, "one");
    node.post(ana, "two");
    own = node.identity(ana, node.town);
    end = node.ownFace(ana, node.town).content().position().sequence();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<Long> kept() {
    return node.store.read(tx ->
        tx.all(
            row -> row.number(0), "SELECT sequence FROM acknowledged ORDER BY author, sequence"));
  }

  @Test
  void aPeerNeverGoesBack() {
    delivery.acknowledged(peer, own, "", 2);
    delivery.acknowledged(peer, own, "", 1);
    assertEquals(List.of(2L), kept());

    delivery.acknowledged(peer, own, "", 3);
    assertEquals(List.of(3L), kept());
  }

  @Test
  void aPeerHasNoMoreThanWeWrote() {
    delivery.acknowledged(peer, own, "", Long.MAX_VALUE);
    assertEquals(List.of(end), kept());

    delivery.acknowledged(peer, own, "", -1);
    assertEquals(List.of(end), kept());
    node.post(ana, "three");
    assertEquals(PostView.Holders.NONE, holders());
  }

  private PostView.Holders holders() {
    return node.engine.reader().home(ana, Page.newest(1)).getFirst().holders();
  }

  private static Ref stranger(int i) {
    return new Ref(TestNode.TOWN, "@stranger" + i);
  }

  @Test
  void keysThatCostNothingFillNothingAndDriveNoFriendOut() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
    TestAuthor.Written follows = ben.relates(carol.name(), FollowState.FOLLOWING);
    node.follow(ana, ben);
    node.takes(follows, ben.describes(ProfileField.NAME, "Ben"));
    end = node.ownFace(ana, node.town).content().position().sequence();
    delivery.acknowledged(carol.name(), own, "", 1);
    delivery.acknowledged(ben.name(), own, "", 1);
    for (int i = 0; i < AcknowledgedDelivery.PEERS_PER_LOG_MAX + 20; i++) {
      delivery.acknowledged(stranger(i), own, "", end);
    }

    List<Long> kept = kept();
    assertEquals(AcknowledgedDelivery.PEERS_PER_LOG_MAX, kept.size());
    assertEquals(List.of(1L, 1L, end), kept.subList(0, 3));

    node.post(ana, "three");
    end = node.ownFace(ana, node.town).content().position().sequence();
    delivery.acknowledged(stranger(0), own, "", end);
    delivery.acknowledged(ben.name(), own, "", end);
    delivery.acknowledged(new Ref(TestNode.TOWN, "@pub"), own, "", end);
    assertEquals(AcknowledgedDelivery.PEERS_PER_LOG_MAX, kept().size());
    assertEquals(3, holders().people());
    assertEquals("Ben", holders().first().orElseThrow().name());
  }

  @Test
  void whereOnlyFriendsHaveRoomAStrangersWordIsNotWritten() {
    List<TestAuthor> friends =
        IntStream.range(0, AcknowledgedDelivery.PEERS_PER_LOG_MAX)
            .mapToObj(i -> new TestAuthor(TestNode.TOWN, "friend" + i))
            .toList();
    node.follow(ana, friends.toArray(TestAuthor[]::new));
    friends.forEach(friend -> delivery.acknowledged(friend.name(), own, "", 1));
    List<Long> before = kept();

    delivery.acknowledged(stranger(1), own, "", end);

    assertEquals(before, kept());
    assertFalse(node.store.read(tx -> node.aliases.find(tx, stranger(1))).isPresent());
  }

  /** Peers say where they are with every note; the writer stands still in the meantime here. */
  @Test
  void whatIsNoNewsIsNotWritten() throws Exception {
    Ref other = new Ref(TestNode.TOWN, "@other");
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    delivery.acknowledged(peer, own, "", 2);
    delivery.acknowledged(other, own, "", end + 5);
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch atGate = new CountDownLatch(1);
    FutureTask<Boolean> holding =
        new FutureTask<>(() ->
            node.store.write(
                Lane.OWN,
                tx -> {
                  atGate.countDown();
                  return awaited(gate);
                }));
    Thread.ofVirtual().start(holding);
    atGate.await();
    Thread hearing =
        Thread.ofVirtual()
            .start(() -> {
              delivery.acknowledged(peer, own, "", 2);
              delivery.acknowledged(peer, own, "", 1);
              delivery.acknowledged(other, own, "", end + 5);
              delivery.acknowledged(peer, own, "", -1);
              delivery.acknowledged(peer, ben.name(), "", 1);
            });
    try {
      Await.until("all is heard, and nobody waited", () -> !hearing.isAlive());
    } finally {
      gate.countDown();
    }
    holding.get();
    assertEquals(List.of(2L, end), kept());
  }

  private static boolean awaited(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyOwnLogsAreKept() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    node.takes(ben.posts("hello"));
    delivery.acknowledged(peer, ben.name(), "", 1);
    delivery.acknowledged(peer, new Ref(TestNode.TOWN, "@nobody"), "", 1);
    delivery.acknowledged(peer, own, "another", 1);

    assertEquals(List.of(), kept());
  }
}
