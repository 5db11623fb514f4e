package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.skep.kernel.Announcement;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Tx;

/**
 * The store over one SQLite file: a writer thread that groups what waits into commits, and a few
 * connections for readers. Work joins a commit for 50 ms; work of its own length, such as a flood
 * of others' entries, looks at {@link Tx#isAwaited} and makes way.
 */
public final class SqliteStore implements Store {
  private static final System.Logger LOG = System.getLogger(SqliteStore.class.getName());
  static final String FILE = "skep.db";
  private static final Duration COMMIT_AFTER = Duration.ofMillis(50);
  private static final Duration GRACE = Duration.ofMillis(20);

  private final Path file;
  private final Clock clock;
  private final Session writer;
  private final Readers readers;
  private final WriteQueue queue = new WriteQueue();
  private final Tasks.Scope scope;
  private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong commits = new AtomicLong();

  /** Bound while a transaction or a listener runs; a call from there would wait for itself. */
  private final ScopedValue<Boolean> inside = ScopedValue.newInstance();

  private SqliteStore(Path file, Clock clock, Tasks tasks) throws SQLException {
    this.file = file;
    this.clock = clock;
    this.writer = Session.forWriting(file);
    try {
      Migrations.bringUpToDate(writer.connection());
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
    this.readers = new Readers(file);
    this.scope = tasks.scope("store");
    scope.fork("writer", this::writeUntilClosed);
  }

  /**
   * Opens the database, making it when there is none.
   *
   * @param folder an existing folder that only this process uses
   * @throws StoreException when the file can't be opened, or was written by a newer version
   */
  public static SqliteStore open(Path folder, Clock clock, Tasks tasks) {
    try {
      return new SqliteStore(folder.resolve(FILE), clock, tasks);
    } catch (SQLException e) {
      throw new StoreException("the database in " + folder + " can't be opened: " + Words.of(e), e);
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    refuseInside();
    try {
      Session session = readers.begin();
      try {
        return run(
            new Sql(session.statements(), SqliteStore::refuseAnnouncement, () -> false), work);
      } finally {
        readers.end(session);
      }
    } catch (SQLException e) {
      throw Words.failure("the database can't be read", e);
    }
  }

  private static void refuseAnnouncement(Announcement announcement) {
    throw new IllegalStateException("a reader announces nothing: " + announcement);
  }

  @Override
  public <T> T write(Lane lane, Work<T> work) {
    refuseInside();
    List<T> answer = new ArrayList<>(1);
    queue.submit(
        lane,
        () ->
            answer.add(
                run(new Sql(writer.statements(), held::add, () -> queue.isAwaited(lane)), work)));
    return answer.getFirst();
  }

  private void refuseInside() {
    if (inside.isBound()) {
      throw new IllegalStateException(
          "the store was called from inside one of its transactions or listeners");
    }
  }

  private <T> T run(Sql tx, Work<T> work) {
    try {
      T answer =
          ScopedValue.where(inside, true)
              .call(() -> {
                T said = work.with(tx);
                tx.finish();
                return said;
              });
      if (tx.undone().isPresent()) {
        throw tx.undone().get();
      }
      return Objects.requireNonNull(answer, "a transaction answers with a value");
    } finally {
      tx.end();
    }
  }

  /** Announcements of the request now being written. Only the writer's thread looks at it. */
  private final List<Announcement> held = new ArrayList<>();

  private volatile Optional<String> trouble = Optional.empty();

  /** Rows that were ever changed through the writer's connection. Only for its thread. */
  private long rowsTouched;

  private volatile Runnable changed = () -> {};

  private void writeUntilClosed() {
    try {
      for (Optional<WriteQueue.Request> first = queue.take();
          first.isPresent();
          first = queue.take()) {
        commitGroup(first.get());
      }
    } finally {
      queue.abandon();
    }
  }

  /** Writes the request and what else waits, in one commit. */
  private void commitGroup(WriteQueue.Request first) {
    List<WriteQueue.Request> taken = new ArrayList<>();
    List<WriteQueue.Request> written = new ArrayList<>();
    List<Announcement> announcements = new ArrayList<>();
    Deadline deadline = new Deadline(clock.monotonicNanos());
    boolean changes = false;
    try {
      Lane leastUrgent = Lane.REBUILD;
      Optional<WriteQueue.Request> next = Optional.of(first);
      taken.add(first);
      writer.execute("BEGIN IMMEDIATE");
      while (next.isPresent()) {
        WriteQueue.Request request = next.get();
        boolean kept = written.isEmpty() ? writeFirst(request) : writeOne(request);
        boolean touched = areRowsTouched();
        if (kept) {
          written.add(request);
          announcements.addAll(held);
          changes |= touched;
        }
        leastUrgent = leastUrgent(leastUrgent, request.lane());
        next = deadline.joins(leastUrgent, clock.monotonicNanos()).flatMap(queue::poll);
        next.ifPresent(taken::add);
      }
      writer.execute("COMMIT");
    } catch (Throwable e) {
      giveUp(e, taken);
      return;
    }
    commits.incrementAndGet();
    if (changes) {
      noteRoom();
    }
    announcements.forEach(this::tell);
    if (changes) {
      tellOfChange();
    }
    written.forEach(WriteQueue.Request::succeeded);
  }

  /**
   * How long others may join a commit. Long work of a less urgent lane, which ends early when
   * something more urgent waits, may have taken all the time: then that may join for a moment, so
   * as not to wait for a commit that says nothing of it.
   */
  private static final class Deadline {
    private final long endNanos;
    private Optional<Long> graceEndNanos = Optional.empty();

    Deadline(long nowNanos) {
      this.endNanos = nowNanos + COMMIT_AFTER.toNanos();
    }

    /** The least urgent lane from which something may still join. */
    Optional<Lane> joins(Lane leastUrgent, long nowNanos) {
      if (nowNanos - endNanos < 0) {
        return Optional.of(leastUrgent);
      }
      long graceEnd = graceEndNanos.orElseGet(() -> nowNanos + GRACE.toNanos());
      graceEndNanos = Optional.of(graceEnd);
      return nowNanos - graceEnd < 0 ? Optional.of(Lane.LETTERS) : Optional.empty();
    }
  }

  /** A person's own acts and letters don't wait in a commit for floods that came after them. */
  private static Lane leastUrgent(Lane soFar, Lane taken) {
    return taken.compareTo(Lane.LETTERS) <= 0 && taken.compareTo(soFar) < 0 ? taken : soFar;
  }

  /**
   * Does the work of a request before which nothing is in the commit. To undo it all is undone:
   * inside a savepoint SQLite would keep a copy of each page that a flood touches, and walk over
   * all of them after each statement.
   *
   * @throws SQLException when nothing can be written at all
   */
  private boolean writeFirst(WriteQueue.Request request) throws SQLException {
    held.clear();
    try {
      request.work().run();
      return true;
    } catch (Throwable e) {
      note(e);
      rollBack();
      request.failed(e);
      writer.execute("BEGIN IMMEDIATE");
      return false;
    }
  }

  /**
   * Does one request's work; nothing stays of work that failed, and its owner is told at once.
   *
   * @throws SQLException when the whole group is lost
   */
  private boolean writeOne(WriteQueue.Request request) throws SQLException {
    held.clear();
    writer.execute("SAVEPOINT one");
    try {
      request.work().run();
    } catch (Throwable e) {
      // Whatever it is, an error too: it is its caller's, and the writer serves the others.
      note(e);
      undoOne(e);
      request.failed(e);
      return false;
    }
    writer.execute("RELEASE one");
    return true;
  }

  private void undoOne(Throwable why) throws SQLException {
    try {
      writer.execute("ROLLBACK TO one; RELEASE one");
    } catch (SQLException e) {
      // SQLite undid the whole commit already, and it is the first failure that tells why.
      SQLException lost = new SQLException(why.getMessage(), why);
      lost.addSuppressed(e);
      throw lost;
    }
  }

  /** The commit failed: nobody in it was acknowledged, and everybody is told. */
  private void giveUp(Throwable cause, List<WriteQueue.Request> taken) {
    StoreException failure = failure(cause);
    rollBack();
    note(failure);
    if (!(failure instanceof DiskException)) {
      LOG.log(System.Logger.Level.ERROR, failure.getMessage(), cause);
    }
    taken.forEach(request -> request.failed(failure));
  }

  private void rollBack() {
    try {
      writer.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself after some failures; then there is nothing left to undo.
      LOG.log(System.Logger.Level.DEBUG, "nothing left to roll back", e);
    }
  }

  private static StoreException failure(Throwable cause) {
    String what = "the disk did not take what was written";
    return switch (cause) {
      case SQLException e when e.getCause() instanceof DiskException why -> why;
      case SQLException e -> Words.failure(what, e);
      default -> new StoreException(what + ": " + cause.getMessage(), cause);
    };
  }

  /** A disk that is full is full for everybody who writes; it is told once, not to each. */
  private void note(Throwable failure) {
    if (failure instanceof DiskException disk) {
      if (trouble.isEmpty()) {
        LOG.log(System.Logger.Level.WARNING, disk.getMessage(), disk);
      }
      trouble = Optional.of(String.valueOf(disk.getMessage()));
    }
  }

  /** A commit of something shows that the disk takes it; one of nothing shows nothing. */
  private void noteRoom() {
    if (trouble.isPresent()) {
      trouble = Optional.empty();
      LOG.log(System.Logger.Level.INFO, "the disk takes what is written again");
    }
  }

  /** Whether rows were changed, for good or not, since this was asked last. */
  private boolean areRowsTouched() throws SQLException {
    long before = rowsTouched;
    rowsTouched =
        writer
            .statements()
            .with(
                "SELECT total_changes()",
                new Object[0],
                statement -> {
                  try (ResultSet answer = statement.executeQuery()) {
                    answer.next();
                    return answer.getLong(1);
                  }
                });
    return rowsTouched != before;
  }

  /**
   * What keeps the disk from taking anything, as {@code the disk is full}, until it takes something
   * again. Any thread.
   */
  public Optional<String> trouble() {
    return trouble;
  }

  private void tell(Announcement announcement) {
    for (Consumer<Announcement> listener : listeners) {
      try {
        ScopedValue.where(inside, true).run(() -> listener.accept(announcement));
      } catch (Throwable e) {
        // The write is on disk whatever a listener makes of it, and the next one must hear too.
        LOG.log(System.Logger.Level.ERROR, "a listener failed on " + announcement, e);
      }
    }
  }

  /**
   * Calls somebody after each commit that changed rows, when all listeners have heard of it, on the
   * writer's thread, which it must not keep; in the place of who was called before.
   */
  public void whenChanged(Runnable told) {
    changed = told;
  }

  private void tellOfChange() {
    try {
      changed.run();
    } catch (Throwable e) {
      // The write is on disk whatever becomes of this.
      LOG.log(System.Logger.Level.ERROR, "who wants to know of changes failed", e);
    }
  }

  @Override
  public Subscription subscribe(Consumer<Announcement> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Gives pages that deletion left free back to the file system.
   *
   * @param pagesMax how many at most; a page has 8 KiB and takes well under a millisecond
   * @return how many are still free
   */
  public long reclaim(int pagesMax) {
    return write(
        Lane.REBUILD,
        tx -> {
          vacuum(pagesMax);
          return tx.number("PRAGMA freelist_count").orElseThrow();
        });
  }

  private void vacuum(int pagesMax) {
    try {
      // Past the prepared statements, because one step of this pragma frees only one page.
      writer.execute("PRAGMA incremental_vacuum(" + pagesMax + ")");
    } catch (SQLException e) {
      throw new StoreException("free pages can't be given back: " + e.getMessage(), e);
    }
  }

  @Override
  public long diskBytes() {
    long total = 0;
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path part = file.resolveSibling(file.getFileName() + suffix);
      try {
        total += Files.exists(part) ? Files.size(part) : 0;
      } catch (IOException e) {
        throw new StoreException("the size of " + part + " can't be read", e);
      }
    }
    return total;
  }

  /** The writer's connection; only for the writer's thread, and for tests while it rests. */
  Session writer() {
    return writer;
  }

  /** Commits so far; the fewer for many writes, the better they were grouped. */
  long commits() {
    return commits.get();
  }

  /** How many requests wait in a lane. */
  int waiting(Lane lane) {
    return queue.waiting(lane);
  }

  @Override
  public void close() {
    refuseInside();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    queue.close();
    boolean interrupted = awaitWriter();
    try {
      // The writer goes last, because the last to leave empties the write-ahead log.
      readers.close();
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("the database did not close cleanly: " + e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean awaitWriter() {
    boolean interrupted = false;
    try {
      scope.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    scope.close();
    return interrupted;
  }
}
