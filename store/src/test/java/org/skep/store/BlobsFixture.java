package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Announcement;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Store;

/** Blobs in a folder of their own, for the contracts. */
abstract class BlobsFixture {
  static final long MUCH = 10 << 20;

  @TempDir Path folder;
  Store store;
  Blobs blobs;
  Together together;
  final List<Announcement> heard = new CopyOnWriteArrayList<>();

  abstract Store openStore(Path folder);

  abstract Blobs open(Path folder, Store store);

  @BeforeEach
  void openAll() {
    store = openStore(folder);
    blobs = open(folder, store);
    store.subscribe(heard::add);
    together = new Together();
  }

  @AfterEach
  void closeAll() {
    together.close();
    store.close();
  }

  void reopen() {
    store.close();
    store = openStore(folder);
    blobs = open(folder, store);
    store.subscribe(heard::add);
  }

  /** Something that looks like nothing else. */
  static byte[] noise(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Keeps something and lets it go. */
  BlobInfo put(byte[] content) throws IOException {
    try (Blobs.Lease lease = blobs.put(new ByteArrayInputStream(content), MUCH)) {
      return lease.blob();
    }
  }

  static Hash nameOf(byte[] content) {
    Chunks chunks = new Chunks();
    chunks.update(content, content.length);
    return chunks.hash();
  }

  Blobs.Arrival arrive(Hash name) {
    return blobs.arrive(name, MUCH).orElseThrow();
  }

  /** Brings the beginning of something, up to so many bytes, and breaks off. */
  void begin(byte[] content, int end) throws IOException {
    try (Blobs.Arrival arrival = arrive(nameOf(content))) {
      bring(arrival, content, end);
    }
  }

  /** Goes on from where the arrival stands. */
  static void bring(Blobs.Arrival arrival, byte[] content, int end) throws IOException {
    int at = Math.toIntExact(arrival.lengthBytes());
    arrival.add(Bytes.copyOf(content, at, end - at));
    assertEquals(end, arrival.lengthBytes());
  }

  /** Brings what is missing. */
  BlobInfo finish(byte[] content) throws IOException {
    try (Blobs.Arrival arrival = arrive(nameOf(content))) {
      bring(arrival, content, content.length);
      try (Blobs.Lease lease = arrival.complete()) {
        return lease.blob();
      }
    }
  }

  long begun(Hash name) {
    try (Blobs.Arrival arrival = arrive(name)) {
      return arrival.lengthBytes();
    }
  }

  List<Hash> changed() {
    return heard.stream().map(said -> ((Announcement.BlobChanged) said).blob()).toList();
  }
}
