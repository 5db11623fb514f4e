package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.StoreException;

/** What {@link Blobs} promises, whatever keeps them. */
abstract class BlobsContract extends BlobsFixture {
  private static final AccountId ANNA = new AccountId(1);
  private static final AccountId BEN = new AccountId(2);
  private static final String PICTURE = "picture";

  private boolean pin(AccountId account, Hash hash, String purpose) {
    return store.write(
        Lane.OWN,
        tx -> {
          blobs.pin(tx, account, hash, purpose);
          return true;
        });
  }

  private boolean unpin(AccountId account, Hash hash, String purpose) {
    return store.write(
        Lane.OWN,
        tx -> {
          blobs.unpin(tx, account, hash, purpose);
          return true;
        });
  }

  private boolean isPinned(AccountId account, Hash hash) {
    return store.read(tx -> blobs.isPinned(tx, account, hash));
  }

  private boolean isThere(BlobInfo blob) {
    return blobs.find(blob.hash()).isPresent();
  }

  /** A stream that breaks off. */
  static InputStream broken(byte[] beginning) {
    return new SequenceInputStream(
        new ByteArrayInputStream(beginning),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line is dead");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("the line is dead");
          }
        });
  }

  @Test
  void aBlobIsKnownByItsSha256() throws IOException {
    BlobInfo blob = put("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    // FIPS 180-2, appendix B.1.
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", blob.hash().toString());
    assertEquals(3, blob.lengthBytes());
    assertEquals(Optional.of(blob), blobs.find(blob.hash()));
    reopen();
    assertEquals(Optional.of(blob), blobs.find(blob.hash()));
  }

  @Test
  void anyPartCanBeReadAcrossChunks() throws IOException {
    int chunk = Blobs.CHUNK_BYTES;
    byte[] content = noise(1, 3 * chunk + 100);
    BlobInfo blob = put(content);
    for (int offset : List.of(0, 1, chunk - 1, chunk, 2 * chunk + 7, 3 * chunk, content.length)) {
      for (int length : List.of(0, 1, 2, chunk, chunk + 1, 3 * chunk, Blobs.READ_BYTES_MAX)) {
        int end = Math.min(offset + length, content.length);
        assertEquals(
            Bytes.copyOf(content, offset, end - offset),
            blobs.read(blob.hash(), offset, length),
            offset + " " + length);
      }
    }
    assertEquals(Bytes.EMPTY, blobs.read(blob.hash(), Long.MAX_VALUE, 10));
  }

  @Test
  void blobsOfTheExactSizesOfChunksComeBackWhole() throws IOException {
    for (int length : List.of(0, 1, Blobs.CHUNK_BYTES, Blobs.CHUNK_BYTES + 1)) {
      byte[] content = noise(length, length);
      BlobInfo blob = put(content);
      assertEquals(length, blob.lengthBytes());
      assertEquals(Bytes.wrap(content), blobs.read(blob.hash(), 0, Blobs.READ_BYTES_MAX));
    }
  }

  @Test
  void aReadOutOfBoundsIsRefused() throws IOException {
    Hash hash = put(noise(1, 10)).hash();
    assertThrows(IllegalArgumentException.class, () -> blobs.read(hash, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> blobs.read(hash, 0, -1));
    assertThrows(
        IllegalArgumentException.class, () -> blobs.read(hash, 0, Blobs.READ_BYTES_MAX + 1));
  }

  @Test
  void whatIsNotThereIsNotFoundLeasedReadOrPinned() {
    Hash nothing = new Hash(Bytes.wrap(new byte[32]));
    assertEquals(Optional.empty(), blobs.find(nothing));
    assertTrue(blobs.lease(nothing).isEmpty());
    assertThrows(StoreException.class, () -> blobs.read(nothing, 0, 1));
    assertThrows(StoreException.class, () -> pin(ANNA, nothing, PICTURE));
  }

  @Test
  void tooMuchIsRefusedAndLeavesNothing() throws IOException {
    byte[] content = noise(1, 200_000);
    assertThrows(
        BlobRefusedException.class,
        () -> blobs.put(new ByteArrayInputStream(content), content.length - 1));
    assertEquals(0, blobs.evictTo(Long.MAX_VALUE));
    blobs.put(new ByteArrayInputStream(content), content.length).close();
    assertEquals(content.length, blobs.evictTo(Long.MAX_VALUE));
  }

  @Test
  void aStreamThatBreaksOffLeavesNothing() {
    IOException failure =
        assertThrows(IOException.class, () -> blobs.put(broken(noise(1, 100_000)), MUCH));
    assertEquals("the line is dead", String.valueOf(failure.getMessage()));
    assertEquals(0, blobs.evictTo(Long.MAX_VALUE));
  }

  @Test
  void whatComesIsAnnouncedOnce() throws IOException {
    put(noise(1, 1_000));
    put(noise(1, 1_000));
    begin(noise(2, 1_000), 10);
    finish(noise(2, 1_000));
    assertThrows(
        BlobRefusedException.class,
        () -> blobs.put(new ByteArrayInputStream(noise(3, 1_000)), 999));
    assertEquals(List.of(nameOf(noise(1, 1_000)), nameOf(noise(2, 1_000))), changed());
  }

  @Test
  void whatWasEvictedAndIsMissedIsAnnouncedOnce() throws IOException {
    Hash name = put(noise(1, 1_000)).hash();
    blobs.missed(name);
    blobs.missed(nameOf(noise(2, 1_000)));
    blobs.evictTo(0);
    heard.clear();
    reopen();
    blobs.missed(name);
    blobs.missed(name);
    assertEquals(List.of(name), changed());
  }

  @Test
  void whatWasEvictedAndCameAgainIsNotMissed() throws IOException {
    Hash first = put(noise(1, 1_000)).hash();
    Hash second = put(noise(2, 1_000)).hash();
    blobs.evictTo(0);
    put(noise(1, 1_000));
    finish(noise(2, 1_000));
    heard.clear();
    blobs.missed(first);
    blobs.missed(second);
    assertEquals(List.of(), changed());
  }

  @Test
  void theSameContentIsKeptOnce() throws IOException {
    assertEquals(put(noise(1, 1_000)), put(noise(1, 1_000)));
    assertEquals(1_000, blobs.evictTo(Long.MAX_VALUE));
  }

  @Test
  void theOldestGoFirstAndOnlyAsManyAsMust() throws IOException {
    List<BlobInfo> kept = List.of(put(noise(1, 1_000)), put(noise(2, 1_000)), put(noise(3, 1_000)));
    assertEquals(2_000, blobs.evictTo(2_500));
    assertFalse(isThere(kept.get(0)));
    assertTrue(isThere(kept.get(1)));
    assertTrue(isThere(kept.get(2)));
    assertEquals(0, blobs.evictTo(0));
    assertThrows(StoreException.class, () -> blobs.read(kept.get(2).hash(), 0, 1));
  }

  @Test
  void aLeaseKeepsEvictionAwayUntilTheLastIsClosed() throws IOException {
    Blobs.Lease first = blobs.put(new ByteArrayInputStream(noise(1, 1_000)), MUCH);
    Hash hash = first.blob().hash();
    Blobs.Lease second = blobs.lease(hash).orElseThrow();
    assertEquals(first.blob(), second.blob());
    first.close();
    first.close();
    assertEquals(1_000, blobs.evictTo(0));
    assertEquals(1_000, blobs.read(hash, 0, 1_000).length());
    second.close();
    assertEquals(0, blobs.evictTo(0));
  }

  @Test
  void aPinKeepsEvictionAwayUntilEveryAccountLetsGoAndOutlivesTheProcess() throws IOException {
    BlobInfo blob = put(noise(1, 1_000));
    pin(ANNA, blob.hash(), PICTURE);
    pin(ANNA, blob.hash(), PICTURE);
    pin(BEN, blob.hash(), PICTURE);
    reopen();
    assertEquals(1_000, blobs.evictTo(0));
    unpin(ANNA, blob.hash(), PICTURE);
    assertEquals(1_000, blobs.evictTo(0));
    unpin(BEN, blob.hash(), PICTURE);
    assertEquals(0, blobs.evictTo(0));
  }

  @Test
  void whatIsDiscardedIsGoneUnlessSomebodyUsesOrKeepsIt() throws IOException {
    Blobs.Lease lease = blobs.put(new ByteArrayInputStream(noise(1, 1_000)), MUCH);
    Hash hash = lease.blob().hash();
    assertFalse(blobs.discard(hash));
    pin(ANNA, hash, PICTURE);
    lease.close();
    assertFalse(blobs.discard(hash));
    unpin(ANNA, hash, PICTURE);
    assertTrue(isThere(lease.blob()));

    assertTrue(blobs.discard(hash));
    assertFalse(isThere(lease.blob()));
    assertTrue(blobs.discard(hash), "it is gone already");
    heard.clear();
    blobs.missed(hash);
    assertEquals(List.of(), changed(), "it did not have to make room");
  }

  @Test
  void aPinIsAnnouncedOnce() throws IOException {
    Hash hash = put(noise(1, 1_000)).hash();
    heard.clear();
    pin(ANNA, hash, PICTURE);
    pin(ANNA, hash, PICTURE);
    unpin(ANNA, hash, PICTURE);
    assertEquals(List.of(hash), changed());
  }

  @Test
  void aPinIsTheAccountsOwn() throws IOException {
    Hash hash = put(noise(1, 1_000)).hash();
    assertFalse(isPinned(ANNA, hash));
    pin(ANNA, hash, PICTURE);
    assertTrue(isPinned(ANNA, hash));
    assertFalse(isPinned(BEN, hash));
    unpin(BEN, hash, PICTURE);
    assertTrue(isPinned(ANNA, hash));
    assertFalse(isPinned(ANNA, nameOf(noise(2, 1_000))));
  }

  @Test
  void eachPurposeIsUnpinnedByItself() throws IOException {
    Hash hash = put(noise(1, 1_000)).hash();
    pin(ANNA, hash, PICTURE);
    pin(ANNA, hash, "post 7");
    unpin(ANNA, hash, PICTURE);
    assertTrue(isPinned(ANNA, hash));
    assertEquals(1_000, blobs.evictTo(0));
    unpin(ANNA, hash, "post 8");
    assertTrue(isPinned(ANNA, hash));
    unpin(ANNA, hash, "post 7");
    assertFalse(isPinned(ANNA, hash));
    assertEquals(0, blobs.evictTo(0));
  }

  @Test
  void aPurposeHasBounds() throws IOException {
    Hash hash = put(noise(1, 1_000)).hash();
    assertThrows(IllegalArgumentException.class, () -> pin(ANNA, hash, ""));
    assertThrows(IllegalArgumentException.class, () -> pin(ANNA, hash, "x".repeat(101)));
    assertFalse(isPinned(ANNA, hash));
    pin(ANNA, hash, "x".repeat(100));
    assertTrue(isPinned(ANNA, hash));
  }

  @Test
  void moreThanOneRoundOfBlobsIsEvictedAroundThoseThatStay() throws IOException {
    Blobs.Lease leased = blobs.put(new ByteArrayInputStream(noise(0, 10)), MUCH);
    for (int i = 1; i <= 250; i++) {
      BlobInfo blob = put(noise(i, 10));
      if (i == 120) {
        pin(ANNA, blob.hash(), PICTURE);
      }
    }
    assertEquals(20, blobs.evictTo(0));
    assertTrue(isThere(leased.blob()));
    leased.close();
  }

  @Test
  void putsAndEvictionsOfTheSameBlobNeverLeaveHalfOfIt() throws Exception {
    byte[] content = noise(1, 100_000);
    for (int i = 0; i < 4; i++) {
      together.start(() -> {
        for (int round = 0; round < 15; round++) {
          try (Blobs.Lease lease = blobs.put(new ByteArrayInputStream(content), MUCH)) {
            assertEquals(content.length, blobs.read(lease.blob().hash(), 0, 200_000).length());
          }
        }
      });
      together.start(() -> {
        for (int round = 0; round < 30; round++) {
          blobs.evictTo(0);
        }
      });
    }
    together.finish();
    assertEquals(0, blobs.evictTo(0));
  }
}
