package org.skep.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Announcement;
import org.skep.kernel.Announcement.EntryKept;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/** A store in a folder of its own, with one table, for the contracts. */
abstract class StoreFixture {
  private static final Ref AUTHOR = new Ref(new NetworkId("test"), "somebody");

  @TempDir Path folder;
  Store store;
  Together together;

  /** Opens what the folder holds, or makes it. */
  abstract Store open(Path folder);

  @BeforeEach
  void openFresh() {
    store = open(folder);
    together = new Together();
    store.write(
        Lane.OWN,
        tx -> tx.run("CREATE TABLE note (number INTEGER PRIMARY KEY, words TEXT, raw BLOB)"));
  }

  @AfterEach
  void closeAll() throws Exception {
    together.close();
    store.close();
  }

  static int add(Tx tx, long number) {
    return tx.run("INSERT INTO note (number) VALUES (?)", number);
  }

  static List<Long> numbers(Tx tx) {
    return tx.all(row -> row.number(0), "SELECT number FROM note ORDER BY number");
  }

  List<Long> numbers() {
    return store.read(StoreFixture::numbers);
  }

  static Announcement said(long number) {
    return new EntryKept(AUTHOR, "", number);
  }

  /** Keeps the writer busy until the latch is open; comes back when it is. */
  void occupyWriter(CountDownLatch release) {
    CountDownLatch busy = new CountDownLatch(1);
    together.start(() ->
        store.write(
            Lane.OWN,
            tx -> {
              busy.countDown();
              Together.await(release);
              return true;
            }));
    Together.await(busy);
  }

  boolean finished() {
    try {
      together.finish();
      return true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
