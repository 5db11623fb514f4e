package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.TcpTransport;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Connection;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.PostId;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Transport;
import org.skep.kernel.Verdict;

/** What waits where, who goes first, and who has to wait outside. */
@Timeout(120)
class LanesTest {
  private static final int SMALL = 16;

  @TempDir Path folder;
  private TestNode node;
  private StoreInbox inbox;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
  private final TestAuthor dora = new TestAuthor(TestNode.TOWN, "dora");

  /** While it is closed the writer stands still inside the first transaction that comes. */
  private final CountDownLatch gate = new CountDownLatch(1);

  private final CountDownLatch atGate = new CountDownLatch(1);

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    inbox = node.smallInbox(SMALL);
    ana = node.account("Ana");
    node.follow(ana, ben, carol, dora);
    node.town.interpreted().clear();
    node.town.beforeInterpreting(fact -> {
      atGate.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      // Each item takes as long as a slice may.
      node.clock.advance(Duration.ofMillis(50));
    });
  }

  @AfterEach
  void close() {
    gate.countDown();
    inbox.close();
    node.close();
  }

  private FutureTask<List<Verdict>> offering(String peer, Lane lane, TestAuthor.Written... items) {
    List<RawItem> raw = new ArrayList<>();
    for (TestAuthor.Written item : items) {
      raw.add(item.raw());
    }
    FutureTask<List<Verdict>> offer =
        new FutureTask<>(() -> inbox.offer(raw, new Origin(peer, lane)));
    Thread.ofVirtual().start(offer);
    return offer;
  }

  private static TestAuthor.Written[] posts(TestAuthor author, int count) {
    TestAuthor.Written[] posts = new TestAuthor.Written[count];
    for (int i = 0; i < count; i++) {
      posts[i] = author.posts(author.name().id() + i);
    }
    return posts;
  }

  @Test
  void lettersOvertakeAFullBulkLane() throws Exception {
    var bulk = offering("flood", Lane.BULK, posts(ben, SMALL * 4));
    atGate.await();
    Await.until("the bulk lane is full", () -> inbox.waiting(Lane.BULK) == SMALL);
    TestAuthor.Written letter = carol.posts("a letter");
    // From the same side, so that it is not the turns that bring it forward.
    var letters = offering("flood", Lane.LETTERS, letter);
    Await.until(
        "the letter is let in", () -> wasChecked(carol) && inbox.waiting(Lane.LETTERS) == 0);

    gate.countDown();

    assertInstanceOf(Verdict.Accepted.class, letters.get().getFirst());
    assertEquals(SMALL * 4, bulk.get().size());
    int place = node.town.interpreted().indexOf(letter.id());
    assertTrue(place < SMALL * 2, "the letter came after " + place + " others");
  }

  private boolean wasChecked(TestAuthor author) {
    return node.town.checked().stream().anyMatch(entry -> entry.author().equals(author.name()));
  }

  @Test
  void aFloodMakesWayForAnOwnAct() throws Exception {
    node.town.beforeInterpreting(fact -> {
      atGate.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    TestAuthor.Written[] flood = posts(ben, SMALL);
    var bulk = offering("flood", Lane.BULK, flood);
    atGate.await();
    FutureTask<PostId> own = new FutureTask<>(() -> node.post(ana, "mine"));
    Thread owner = Thread.ofVirtual().start(own);
    Await.until("her act waits to be written", () -> owner.getState() == Thread.State.WAITING);
    gate.countDown();
    assertEquals(SMALL, bulk.get().size());
    node.view(ana, flood[SMALL - 1].id());
    own.get();
    // In the order of commit, her act stands between two of the flood.
    assertTrue(seq(node.ownFace(ana, node.town).content().id()) < seq(flood[SMALL - 1].id()));
  }

  private long seq(Ref fact) {
    return node.store.read(tx ->
        node.aliases
            .find(tx, fact)
            .flatMap(alias -> tx.number("SELECT local_seq FROM fact WHERE alias = ?", alias))
            .orElseThrow());
  }

  @Test
  void lanesAreFairAmongPeers() throws Exception {
    TestAuthor.Written[] flood = posts(ben, SMALL * 8);
    var hog = offering("hog", Lane.LIVE, flood);
    atGate.await();
    Await.until("the lane is full", () -> inbox.waiting(Lane.LIVE) == SMALL);
    TestAuthor.Written small = carol.posts("one small thing");
    var polite = offering("polite", Lane.LIVE, small);
    Await.until("she stands at the door", () -> wasChecked(carol));

    gate.countDown();

    assertInstanceOf(Verdict.Accepted.class, polite.get().getFirst());
    hog.get();
    int place = node.town.interpreted().indexOf(small.id());
    assertTrue(place < SMALL * 4, "she waited for " + place + " of the hog's");
  }

  @Test
  void whatWaitsIsTakenByTurns() throws Exception {
    var first = offering("first", Lane.LIVE, dora.posts("holds the writer"));
    atGate.await();
    var hog = offering("hog", Lane.LIVE, posts(ben, 8));
    Await.until("the hog is in", () -> inbox.waiting(Lane.LIVE) == 8);
    TestAuthor.Written small = carol.posts("one small thing");
    var polite = offering("polite", Lane.LIVE, small);
    Await.until("she is in", () -> inbox.waiting(Lane.LIVE) == 9);

    gate.countDown();
    first.get();
    hog.get();
    polite.get();

    int place = node.town.interpreted().indexOf(small.id());
    assertTrue(place <= 2, "she waited for " + place + " others");
  }

  @Test
  void closingEndsWaitingOffers() throws Exception {
    var writing = offering("first", Lane.LIVE, dora.posts("is being written"));
    atGate.await();
    var inside = offering("inside", Lane.LIVE, posts(ben, SMALL));
    Await.until("the lane is full", () -> inbox.waiting(Lane.LIVE) == SMALL);
    var outside = offering("outside", Lane.LIVE, carol.posts("still outside"));
    Await.until("she stands at the door", () -> wasChecked(carol));

    Thread closing = Thread.ofVirtual().start(inbox::close);

    assertInstanceOf(
        InterruptedException.class,
        assertThrows(ExecutionException.class, outside::get).getCause());
    assertInstanceOf(
        InterruptedException.class, assertThrows(ExecutionException.class, inside::get).getCause());
    gate.countDown();
    closing.join();
    Await.until("nobody waits any more", writing::isDone);
  }

  @Test
  void anInterruptedOffererLeavesAndTheOthersGoOn() throws Exception {
    var writing = offering("first", Lane.LIVE, dora.posts("is being written"));
    atGate.await();
    TestAuthor.Written[] flood = posts(ben, SMALL * 2);
    List<RawItem> raw = new ArrayList<>();
    for (TestAuthor.Written item : flood) {
      raw.add(item.raw());
    }
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread leaver =
        Thread.ofVirtual()
            .start(() -> {
              try {
                inbox.offer(raw, new Origin("leaver", Lane.LIVE));
              } catch (InterruptedException e) {
                ended.set(e);
              }
            });
    Await.until("the lane is full", () -> inbox.waiting(Lane.LIVE) == SMALL);
    var next = offering("next", Lane.LIVE, carol.posts("next"));
    Await.until("she stands at the door", () -> wasChecked(carol));

    leaver.interrupt();
    leaver.join();
    assertInstanceOf(InterruptedException.class, ended.get());
    gate.countDown();

    assertInstanceOf(Verdict.Accepted.class, writing.get().getFirst());
    assertInstanceOf(Verdict.Accepted.class, next.get().getFirst());
    Await.until("what was let in is kept", () -> node.has(flood[SMALL - 1].id()));
  }

  @Test
  void whatWaitsIsBoundedInBytesToo() throws Exception {
    var writing = offering("first", Lane.LIVE, dora.posts("is being written"));
    atGate.await();
    // The small inbox takes a mebibyte in each lane.
    var big = offering("big", Lane.LIVE, ben.posts("x".repeat(1 << 20)), ben.posts("more"));
    Await.until("the big one is in", () -> inbox.waiting(Lane.LIVE) == 1);
    var next = offering("next", Lane.LIVE, carol.posts("next"));
    Await.until("she stands at the door", () -> wasChecked(carol));

    assertEquals(1, inbox.waiting(Lane.LIVE));
    gate.countDown();
    writing.get();
    assertInstanceOf(Verdict.Accepted.class, big.get().get(1));
    assertInstanceOf(Verdict.Accepted.class, next.get().getFirst());
  }

  @Test
  void aFullLaneStopsTheSocketBeingRead() throws Exception {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    Transport transport = new TcpTransport(node.tasks);
    try (Transport.Listening listening =
            transport.listen(
                new Transport.Address("127.0.0.1", 0),
                1,
                connection -> serve(connection, read, accepted));
        SocketChannel sender = SocketChannel.open()) {
      sender.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.address().port()));
      sender.configureBlocking(false);
      int total = READ_AT_ONCE * 8;
      ByteBuffer all = ByteBuffer.wrap(lines(total));
      Await.until(
          "the lane is full and the sender can't write any more",
          () -> write(sender, all) == 0 && inbox.waiting(Lane.LIVE) == SMALL);
      assertTrue(all.hasRemaining(), "the sender must have more to say than sockets hold");
      assertEquals(0, accepted.get());
      assertEquals(READ_AT_ONCE, read.get(), "the reader waits and must not read on");
      gate.countDown();
      sender.configureBlocking(true);
      while (all.hasRemaining()) {
        sender.write(all);
      }
      Await.until("all are taken", () -> accepted.get() == total);
    }
  }

  private static int write(SocketChannel sender, ByteBuffer all) {
    try {
      return sender.write(all);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Entries of 64 KiB, one a line; together more than two sockets' buffers hold. */
  private byte[] lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String entry = ben.posts("x".repeat(64 << 10)).entry().encode().base64();
      lines.append(entry).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** More than the worker takes at once and the lane holds besides. */
  private static final int READ_AT_ONCE = SMALL * 3;

  private void serve(Connection connection, AtomicInteger read, AtomicInteger accepted)
      throws InterruptedException {
    try {
      StringBuilder line = new StringBuilder();
      List<RawItem> batch = new ArrayList<>();
      for (int next = connection.input().read(); next >= 0; next = connection.input().read()) {
        if (next != '\n') {
          line.append((char) next);
          continue;
        }
        read.incrementAndGet();
        batch.add(new RawItem(TestNode.TOWN, Bytes.ofBase64(line.toString())));
        line.setLength(0);
        if (batch.size() == READ_AT_ONCE) {
          accepted.addAndGet(offer(batch));
          batch.clear();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int offer(List<RawItem> batch) throws InterruptedException {
    return (int)
        inbox.offer(batch, new Origin("peer", Lane.LIVE)).stream()
            .filter(Verdict.Accepted.class::isInstance)
            .count();
  }
}
