package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/** What {@link Blobs.Arrival} promises, whatever keeps the blobs. */
abstract class ArrivalsContract extends BlobsFixture {
  /** Lets time pass for whatever keeps the blobs. */
  abstract void pass(Duration howLong);

  @Test
  void whatArrivesInPiecesIsKeptUnderItsName() throws IOException {
    byte[] content = noise(1, 3 * Blobs.CHUNK_BYTES + 100);
    Hash name = nameOf(content);
    try (Blobs.Arrival arrival = arrive(name)) {
      assertEquals(0, arrival.lengthBytes());
      arrival.add(Bytes.EMPTY);
      for (int end : List.of(1, 70_000, 70_001, content.length)) {
        bring(arrival, content, end);
        assertEquals(Optional.empty(), blobs.find(name));
      }
      try (Blobs.Lease lease = arrival.complete()) {
        assertEquals(new BlobInfo(name, content.length), lease.blob());
        assertEquals(content.length, blobs.evictTo(0));
      }
    }
    assertEquals(Bytes.wrap(content), blobs.read(name, 0, Blobs.READ_BYTES_MAX));
    assertEquals(0, blobs.evictTo(0));
  }

  @Test
  void nothingAtAllCanArriveToo() throws IOException {
    assertEquals(0, finish(new byte[0]).lengthBytes());
  }

  @Test
  void anArrivalGoesOnWhereTheLastEndedAlsoAfterARestart() throws IOException {
    byte[] content = noise(1, 200_000);
    Hash name = nameOf(content);
    begin(content, 70_000);
    assertEquals(70_000, begun(name));
    begin(content, 150_000);
    reopen();
    assertEquals(150_000, begun(name));
    assertEquals(Optional.empty(), blobs.find(name));
    assertEquals(content.length, finish(content).lengthBytes());
    reopen();
    assertEquals(Bytes.wrap(content), blobs.read(name, 0, Blobs.READ_BYTES_MAX));
  }

  @Test
  void whatIsNotWhatItsNameSaysIsThrownAway() throws IOException {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    try (Blobs.Arrival arrival = arrive(name)) {
      bring(arrival, content, content.length - 1);
      assertThrows(BlobRefusedException.class, arrival::complete);
      assertEquals(0, arrival.lengthBytes());
      assertThrows(IllegalStateException.class, () -> arrival.add(Bytes.EMPTY));
    }
    assertEquals(Optional.empty(), blobs.find(name));
    assertEquals(0, begun(name));
    finish(content);
    assertTrue(blobs.find(name).isPresent());
  }

  @Test
  void aWrongBeginningCostsOneAttempt() throws IOException {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    try (Blobs.Arrival arrival = arrive(name)) {
      bring(arrival, noise(2, 10), 10);
    }
    assertThrows(BlobRefusedException.class, () -> finish(content));
    assertEquals(content.length, finish(content).lengthBytes());
    assertTrue(blobs.find(name).isPresent());
  }

  @Test
  void moreThanWasAgreedIsThrownAway() throws IOException {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    try (Blobs.Arrival arrival = blobs.arrive(name, content.length - 1).orElseThrow()) {
      bring(arrival, content, content.length - 1);
      assertThrows(BlobRefusedException.class, () -> arrival.add(Bytes.wrap(new byte[1])));
    }
    assertEquals(0, begun(name));
    finish(content);
  }

  @Test
  void aBeginningLongerThanIsAgreedNowIsBegunAnew() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 900);
    try (Blobs.Arrival arrival = blobs.arrive(nameOf(content), 899).orElseThrow()) {
      assertEquals(0, arrival.lengthBytes());
    }
  }

  @Test
  void oneAtATimeBringsABlobAndNobodyOneThatIsHere() throws IOException {
    byte[] content = noise(1, 1_000);
    Hash name = nameOf(content);
    Blobs.Arrival first = arrive(name);
    assertTrue(blobs.arrive(name, MUCH).isEmpty());
    begin(noise(2, 1_000), 10);
    first.close();
    Blobs.Arrival second = arrive(name);
    first.close();
    assertTrue(blobs.arrive(name, MUCH).isEmpty());
    bring(second, content, content.length);
    second.complete().close();
    second.close();
    assertTrue(blobs.arrive(name, MUCH).isEmpty());
    blobs.evictTo(0);
    assertEquals(0, begun(name));
  }

  @Test
  void anArrivalThatIsOverTakesNoMore() throws IOException {
    byte[] content = noise(1, 1_000);
    Blobs.Arrival arrival = arrive(nameOf(content));
    bring(arrival, content, content.length);
    arrival.complete().close();
    assertThrows(IllegalStateException.class, arrival::complete);
    assertThrows(IllegalStateException.class, () -> arrival.add(Bytes.EMPTY));
    arrival.close();
    Blobs.Arrival closed = arrive(nameOf(noise(2, 1)));
    closed.close();
    assertThrows(IllegalStateException.class, closed::complete);
  }

  @Test
  void whatIsPutWhileItArrivesIsKeptOnce() throws IOException {
    byte[] content = noise(1, 1_000);
    try (Blobs.Arrival arrival = arrive(nameOf(content))) {
      bring(arrival, content, 500);
      put(content);
      assertEquals(1_000, blobs.evictTo(Long.MAX_VALUE));
      bring(arrival, content, 1_000);
      arrival.complete().close();
    }
    assertEquals(1_000, blobs.evictTo(Long.MAX_VALUE));
    assertEquals(List.of(nameOf(content)), changed());
  }

  @Test
  void whatArrivesIsNotEvicted() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 400);
    assertEquals(0, blobs.evictTo(0));
    assertEquals(400, begun(nameOf(content)));
  }

  @Test
  void aBeginningIsKeptForAWhileAfterTheLastOfItCame() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 400);
    pass(Blobs.BEGUN_MAX.minusMinutes(1));
    reopen();
    begin(content, 500);
    pass(Blobs.BEGUN_MAX.minusMinutes(1));
    reopen();
    assertEquals(500, begun(nameOf(content)));
    pass(Duration.ofMinutes(2));
    reopen();
    assertEquals(0, begun(nameOf(content)));
  }

  @Test
  void anOldBeginningIsGoneWhenSomethingElseBegins() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 400);
    pass(Blobs.BEGUN_MAX.plusMinutes(1));
    begin(noise(2, 1_000), 10);
    assertEquals(0, begun(nameOf(content)));
    assertEquals(10, begun(nameOf(noise(2, 1_000))));
  }

  @Test
  void arrivalsAndEvictionsOfTheSameBlobNeverLeaveHalfOfIt() throws Exception {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    for (int i = 0; i < 4; i++) {
      int end = 20_000 * (i + 1);
      together.start(() -> {
        for (int round = 0; round < 30; round++) {
          Optional<Blobs.Arrival> mine = blobs.arrive(name, MUCH);
          if (mine.isPresent()) {
            try (Blobs.Arrival arrival = mine.get()) {
              bring(arrival, content, Math.max(end, Math.toIntExact(arrival.lengthBytes())));
              if (end == 80_000) {
                bring(arrival, content, content.length);
                try (Blobs.Lease lease = arrival.complete()) {
                  assertEquals(
                      content.length, blobs.read(lease.blob().hash(), 0, 200_000).length());
                }
              }
            }
          }
        }
      });
      together.start(() -> {
        for (int round = 0; round < 10; round++) {
          blobs.evictTo(0);
        }
      });
    }
    together.finish();
    assertEquals(0, blobs.evictTo(0));
  }
}
