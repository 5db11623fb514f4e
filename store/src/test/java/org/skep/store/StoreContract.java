package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Announcement;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/** What every {@link Store} promises; a second implementation extends this with its own opening. */
abstract class StoreContract extends StoreFixture {
  // Writing and reading

  @Test
  void whatIsWrittenIsSeenByTheNextReader() {
    int touched = store.write(Lane.OWN, tx -> add(tx, 7));
    assertEquals(1, touched);
    assertEquals(List.of(7L), numbers());
  }

  @Test
  void whatIsWrittenIsThereAfterReopening() {
    store.write(Lane.BULK, tx -> add(tx, 7));
    store.close();
    store = open(folder);
    assertEquals(List.of(7L), numbers());
  }

  @Test
  void aReaderSeesOneSnapshotWhateverIsWrittenMeanwhile() {
    store.write(Lane.OWN, tx -> add(tx, 1));
    store.read(tx -> {
      assertEquals(List.of(1L), numbers(tx));
      together.start(() -> store.write(Lane.OWN, other -> add(other, 2)));
      assertEquals(true, finished());
      assertEquals(List.of(1L), numbers(tx));
      return true;
    });
    assertEquals(List.of(1L, 2L), numbers());
  }

  @Test
  void aReaderDoesNotWaitForTheWriter() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    together.start(() ->
        store.write(
            Lane.OWN,
            tx -> {
              add(tx, 1);
              written.countDown();
              Together.await(release);
              return true;
            }));
    Together.await(written);
    assertEquals(List.of(), numbers());
    release.countDown();
    together.finish();
    assertEquals(List.of(1L), numbers());
  }

  @Test
  void manyReadersAndWritersAllComeThrough() throws Exception {
    for (int writer = 0; writer < 8; writer++) {
      int first = writer * 10;
      together.start(() -> {
        for (int i = 0; i < 10; i++) {
          int number = first + i;
          store.write(Lane.LIVE, tx -> add(tx, number));
        }
      });
    }
    for (int reader = 0; reader < 64; reader++) {
      together.start(() -> {
        for (int i = 0; i < 20; i++) {
          assertTrue(numbers().size() <= 80);
        }
      });
    }
    together.finish();
    assertEquals(LongStream.range(0, 80).boxed().toList(), numbers());
  }

  // Failing

  @Test
  void aFailedWriteLeavesNothingAndThrowsItsOwnFailure() {
    RuntimeException failure = new IllegalArgumentException("no");
    RuntimeException thrown =
        assertThrows(
            RuntimeException.class,
            () ->
                store.write(
                    Lane.OWN,
                    tx -> {
                      add(tx, 1);
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(List.of(), numbers());
  }

  @Test
  void anErrorInTheWorkReachesItsCallerAndTheStoreGoesOn() {
    Error failure = new StackOverflowError();
    Error thrown =
        assertThrows(
            Error.class,
            () ->
                store.write(
                    Lane.OWN,
                    tx -> {
                      add(tx, 1);
                      throw failure;
                    }));
    assertSame(failure, thrown);
    store.write(Lane.OWN, tx -> add(tx, 2));
    assertEquals(List.of(2L), numbers());
  }

  @Test
  void whatBeginsACommitAndFailsLeavesNothingToThoseWhoFollow() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    together.startAndLetWait(() ->
        assertThrows(
            IllegalStateException.class,
            () ->
                store.write(
                    Lane.BULK,
                    tx -> {
                      add(tx, 1);
                      Together.await(release);
                      throw new IllegalStateException("made up");
                    })));
    together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, 2)));
    together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, 3)));
    release.countDown();
    together.finish();
    assertEquals(List.of(2L, 3L), numbers());
  }

  @Test
  void aFailedWriteDoesNotTouchOthersOfItsCommit() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, 1)));
    together.startAndLetWait(() ->
        assertThrows(
            StoreException.class,
            () ->
                store.write(
                    Lane.BULK,
                    tx -> {
                      add(tx, 2);
                      return add(tx, 1);
                    })));
    together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, 3)));
    release.countDown();
    together.finish();
    assertEquals(List.of(1L, 3L), numbers());
  }

  @Test
  void aRefusedStatementMayBeSurvivedByTheWork() {
    store.write(
        Lane.OWN,
        tx -> {
          add(tx, 1);
          assertThrows(StoreException.class, () -> add(tx, 1));
          return add(tx, 2);
        });
    assertEquals(List.of(1L, 2L), numbers());
  }

  @Test
  void aReaderCanNeitherWriteNorAnnounce() {
    assertThrows(StoreException.class, () -> store.read(tx -> add(tx, 1)));
    assertThrows(
        IllegalStateException.class,
        () ->
            store.read(tx -> {
              tx.announce(said(1));
              return true;
            }));
    assertEquals(List.of(), numbers());
  }

  // Announcing

  @Test
  void anAnnouncementIsHeardAfterItsCommit() {
    List<Long> seen = new CopyOnWriteArrayList<>();
    store.subscribe(said -> {
      together.start(() -> seen.addAll(numbers()));
      finished();
    });
    store.write(
        Lane.OWN,
        tx -> {
          tx.announce(said(1));
          assertEquals(List.of(), seen);
          return add(tx, 1);
        });
    assertEquals(List.of(1L), seen);
  }

  @Test
  void whatAFailedWriteAnnouncedIsNeverHeard() throws Exception {
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    store.subscribe(heard::add);
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    for (long number = 1; number <= 3; number++) {
      long same = number;
      together.startAndLetWait(() -> {
        try {
          store.write(
              Lane.LIVE,
              tx -> {
                tx.announce(said(same));
                if (same == 2) {
                  throw new IllegalArgumentException("no");
                }
                return true;
              });
        } catch (IllegalArgumentException e) {
          assertEquals(2, same);
        }
      });
    }
    release.countDown();
    together.finish();
    assertEquals(List.of(said(1), said(3)), heard);
  }

  @Test
  void announcementsComeInCommitOrder() throws Exception {
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    store.subscribe(heard::add);
    for (int writer = 0; writer < 40; writer++) {
      together.start(() ->
          store.write(
              Lane.LIVE,
              tx -> {
                long next = tx.number("SELECT max(number) FROM note").orElse(0L) + 1;
                tx.announce(said(next));
                return add(tx, next);
              }));
    }
    together.finish();
    assertEquals(LongStream.rangeClosed(1, 40).mapToObj(StoreFixture::said).toList(), heard);
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    store.subscribe(said -> {
      throw new IllegalStateException("a broken listener");
    });
    store.subscribe(heard::add);
    store.write(
        Lane.OWN,
        tx -> {
          tx.announce(said(1));
          return add(tx, 1);
        });
    store.write(Lane.OWN, tx -> add(tx, 2));
    assertEquals(List.of(said(1)), heard);
    assertEquals(List.of(1L, 2L), numbers());
  }

  @Test
  void aListenerThatCallsTheStoreIsRefusedInsteadOfWaitingForEver() {
    List<RuntimeException> refusals = new CopyOnWriteArrayList<>();
    store.subscribe(said -> {
      try {
        store.write(Lane.OWN, tx -> add(tx, 2));
      } catch (IllegalStateException e) {
        refusals.add(e);
      }
    });
    store.write(
        Lane.OWN,
        tx -> {
          tx.announce(said(1));
          return true;
        });
    assertEquals(1, refusals.size());
  }

  @Test
  void whoUnsubscribesHearsNoMore() {
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    Store.Subscription subscription = store.subscribe(heard::add);
    for (long number = 1; number <= 2; number++) {
      long same = number;
      store.write(
          Lane.OWN,
          tx -> {
            tx.announce(said(same));
            return true;
          });
      subscription.close();
    }
    assertEquals(List.of(said(1)), heard);
  }

  // Lanes

  @Test
  void anOwnWriteOvertakesAFullBulkLane() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    List<Lane> order = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 300; i++) {
      together.startAndLetWait(() -> store.write(Lane.BULK, tx -> order.add(Lane.BULK)));
    }
    for (Lane lane : List.of(Lane.LIVE, Lane.LETTERS, Lane.OWN)) {
      together.startAndLetWait(() -> store.write(lane, tx -> order.add(lane)));
    }
    release.countDown();
    together.finish();
    assertEquals(303, order.size());
    assertEquals(List.of(Lane.OWN, Lane.LETTERS, Lane.LIVE), order.subList(0, 3));
  }

  @Test
  void longWorkHearsWhenSomethingMoreUrgentWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    List<Lane> order = new CopyOnWriteArrayList<>();
    together.start(() ->
        store.write(
            Lane.BULK,
            tx -> {
              begun.countDown();
              Together.until(tx::isAwaited);
              return order.add(Lane.BULK);
            }));
    Together.await(begun);
    together.start(() -> store.write(Lane.OWN, tx -> order.add(Lane.OWN)));
    together.finish();
    assertEquals(List.of(Lane.BULK, Lane.OWN), order);
  }

  /** Each way made costs a commit: a friend's entry waits for the lot, a person does not. */
  @Test
  void longWorkIsNotAwaitedByWhatNoPersonWaitsFor() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    List<Boolean> awaited = new CopyOnWriteArrayList<>();
    together.start(() ->
        store.write(
            Lane.BULK,
            tx -> {
              begun.countDown();
              Together.await(release);
              return awaited.add(tx.isAwaited());
            }));
    Together.await(begun);
    together.startAndLetWait(() -> store.write(Lane.LIVE, tx -> awaited.add(tx.isAwaited())));
    release.countDown();
    together.finish();
    assertEquals(List.of(false, false), awaited);
  }

  @Test
  void whatIsNoMoreUrgentAwaitsNobody() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    List<Boolean> awaited = new CopyOnWriteArrayList<>();
    together.start(() ->
        store.write(
            Lane.LIVE,
            tx -> {
              begun.countDown();
              Together.await(release);
              return awaited.add(tx.isAwaited());
            }));
    Together.await(begun);
    for (Lane lane : List.of(Lane.LIVE, Lane.BULK, Lane.REBUILD)) {
      together.startAndLetWait(() -> store.write(lane, tx -> awaited.add(tx.isAwaited())));
    }
    release.countDown();
    together.finish();
    assertEquals(false, awaited.getFirst());
    assertFalse(store.read(Tx::isAwaited));
  }

  // Misuse

  @Test
  void aCallFromInsideATransactionIsRefusedInsteadOfWaitingForEver() {
    Store.Work<Boolean> writeInside =
        tx -> {
          assertThrows(IllegalStateException.class, () -> store.write(Lane.OWN, in -> add(in, 1)));
          return true;
        };
    Store.Work<Boolean> readInside =
        tx -> {
          assertThrows(IllegalStateException.class, this::numbers);
          return true;
        };
    assertTrue(store.write(Lane.OWN, writeInside));
    assertTrue(store.write(Lane.OWN, readInside));
    assertTrue(store.read(writeInside));
    assertTrue(store.read(readInside));
    assertEquals(List.of(), numbers());
  }

  @Test
  void aTransactionCannotBeUsedAfterItsEnd() {
    List<Tx> kept = new ArrayList<>();
    store.write(Lane.OWN, kept::add);
    store.read(kept::add);
    store.read(tx -> kept.add(tx.seeing("view", 1)));
    for (Tx tx : kept) {
      assertThrows(IllegalStateException.class, () -> numbers(tx));
      assertThrows(IllegalStateException.class, () -> tx.announce(said(1)));
    }
  }

  @Test
  void aTransactionStaysOnItsThread() {
    store.write(
        Lane.OWN,
        tx -> {
          together.start(() -> assertThrows(IllegalStateException.class, () -> add(tx, 1)));
          return finished();
        });
    assertEquals(List.of(), numbers());
  }

  // Closing

  @Test
  void aClosedStoreSaysSo() {
    store.close();
    store.close();
    assertThrows(StoreException.class, () -> store.write(Lane.OWN, tx -> add(tx, 1)));
    assertThrows(StoreException.class, this::numbers);
  }

  @Test
  void closingFinishesWhatWasAccepted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    for (long number = 1; number <= 10; number++) {
      long same = number;
      together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, same)));
    }
    together.startAndLetWait(() -> store.close());
    assertThrows(StoreException.class, () -> store.write(Lane.OWN, tx -> add(tx, 99)));
    release.countDown();
    together.finish();
    store = open(folder);
    assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), numbers());
  }

  @Test
  void closingWaitsForReaders() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    store.write(Lane.OWN, tx -> add(tx, 1));
    together.start(() ->
        store.read(tx -> {
          reading.countDown();
          Together.await(release);
          assertEquals(List.of(1L), numbers(tx));
          return true;
        }));
    Together.await(reading);
    together.startAndLetWait(() -> store.close());
    release.countDown();
    together.finish();
  }

  @Test
  void theSizeOnDiskIsKnown() {
    assertTrue(store.diskBytes() > 0);
  }
}
