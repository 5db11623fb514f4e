package org.skep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.skep.kernel.Announcement;
import org.skep.kernel.Clock;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tasks;

/**
 * The store over one SQLite file: a writer thread that groups what waits into commits of at most 50
 * ms, and a few connections for readers.
 */
public final class SqliteStore implements Store {
  private static final System.Logger LOG = System.getLogger(SqliteStore.class.getName());
  private static final int READERS = 4;
  private static final Duration COMMIT_AFTER = Duration.ofMillis(50);

  private final Path file;
  private final Clock clock;
  private final Session writer;
  private final WriteQueue queue = new WriteQueue();
  private final Tasks.Scope scope;
  private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock readersLock = new ReentrantLock();
  private final Condition readerFree = readersLock.newCondition();
  private final ArrayDeque<Session> freeReaders = new ArrayDeque<>();
  private boolean closed;

  /** A connection with its prepared statements. */
  private record Session(Connection connection, Sql.Statements statements) {
    void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void close() throws SQLException {
      statements.forget();
      connection.close();
    }
  }

  private SqliteStore(Path file, Clock clock, Tasks tasks) throws SQLException {
    this.file = file;
    this.clock = clock;
    this.writer = open(file, false);
    Migrations.bringUpToDate(writer.connection);
    for (int i = 0; i < READERS; i++) {
      freeReaders.add(open(file, true));
    }
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
      return new SqliteStore(folder.resolve("skep.db"), clock, tasks);
    } catch (SQLException e) {
      throw new StoreException(
          "the database in " + folder + " can't be opened: " + e.getMessage(), e);
    }
  }

  private static Session open(Path file, boolean readOnly) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    Session session = new Session(connection, new Sql.Statements(connection));
    // page_size and auto_vacuum only take hold in an empty file, so they come first.
    session.execute("PRAGMA page_size = 8192");
    session.execute("PRAGMA auto_vacuum = INCREMENTAL");
    session.execute("PRAGMA journal_mode = WAL");
    session.execute("PRAGMA synchronous = FULL");
    session.execute("PRAGMA busy_timeout = 10000");
    // What its owner deletes leaves no trace in free pages.
    session.execute("PRAGMA secure_delete = ON");
    session.execute("PRAGMA cache_size = -16000");
    session.execute("PRAGMA temp_store = MEMORY");
    if (readOnly) {
      session.execute("PRAGMA query_only = ON");
    }
    return session;
  }

  @Override
  public <T> T read(Work<T> work) {
    Session session = takeReader();
    try {
      session.execute("BEGIN");
      try {
        return work.with(new Sql(session.statements, SqliteStore::refuseAnnouncement));
      } finally {
        session.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw new StoreException("the database can't be read: " + e.getMessage(), e);
    } finally {
      giveBack(session);
    }
  }

  private static void refuseAnnouncement(Announcement announcement) {
    throw new StoreException("a reader announces nothing: " + announcement);
  }

  private Session takeReader() {
    readersLock.lock();
    try {
      while (freeReaders.isEmpty() && !closed) {
        readerFree.awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreException("the store is closed");
      }
      return freeReaders.removeFirst();
    } finally {
      readersLock.unlock();
    }
  }

  private void giveBack(Session session) {
    readersLock.lock();
    try {
      freeReaders.addFirst(session);
      readerFree.signal();
    } finally {
      readersLock.unlock();
    }
  }

  @Override
  public <T> T write(Lane lane, Work<T> work) {
    List<T> answer = new ArrayList<>(1);
    queue.submit(lane, () -> answer.add(work.with(new Sql(writer.statements, this::hold))));
    return answer.getFirst();
  }

  /** Announcements of the request now being written, then of the commit. */
  private final List<Announcement> held = new ArrayList<>();

  private void hold(Announcement announcement) {
    held.add(announcement);
  }

  private void writeUntilClosed() {
    while (true) {
      Optional<WriteQueue.Request> first = queue.take();
      if (first.isEmpty()) {
        return;
      }
      commitGroup(first.get());
    }
  }

  /** Writes the request and what else waits, in one commit. */
  private void commitGroup(WriteQueue.Request first) {
    List<WriteQueue.Request> written = new ArrayList<>();
    List<Announcement> announcements = new ArrayList<>();
    long deadline = clock.monotonicNanos() + COMMIT_AFTER.toNanos();
    Optional<WriteQueue.Request> next = Optional.of(first);
    try {
      writer.execute("BEGIN IMMEDIATE");
      while (next.isPresent()) {
        WriteQueue.Request request = next.get();
        Optional<RuntimeException> failure = writeOne(request);
        if (failure.isPresent()) {
          request.answer(failure);
        } else {
          written.add(request);
          announcements.addAll(held);
        }
        held.clear();
        next = clock.monotonicNanos() < deadline ? queue.poll() : Optional.empty();
      }
      writer.execute("COMMIT");
    } catch (SQLException e) {
      giveUp(e, written, next);
      return;
    }
    announcements.forEach(this::tell);
    written.forEach(request -> request.answer(Optional.empty()));
  }

  private Optional<RuntimeException> writeOne(WriteQueue.Request request) throws SQLException {
    writer.execute("SAVEPOINT one");
    try {
      request.work().run();
      writer.execute("RELEASE one");
      return Optional.empty();
    } catch (RuntimeException e) {
      held.clear();
      writer.execute("ROLLBACK TO one");
      writer.execute("RELEASE one");
      return Optional.of(e);
    }
  }

  /** The commit failed: nobody in it was acknowledged, and everybody is told. */
  private void giveUp(
      SQLException cause, List<WriteQueue.Request> written, Optional<WriteQueue.Request> current) {
    held.clear();
    StoreException failure =
        new StoreException("the disk did not take what was written: " + cause.getMessage(), cause);
    try {
      writer.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself after some failures; then there is nothing left to undo.
      LOG.log(System.Logger.Level.DEBUG, "nothing left to roll back", e);
    }
    written.forEach(request -> request.answer(Optional.of(failure)));
    current.ifPresent(request -> request.answer(Optional.of(failure)));
    LOG.log(System.Logger.Level.ERROR, failure.getMessage());
  }

  private void tell(Announcement announcement) {
    for (Consumer<Announcement> listener : listeners) {
      try {
        listener.accept(announcement);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a listener failed on " + announcement, e);
      }
    }
  }

  @Override
  public Subscription subscribe(Consumer<Announcement> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
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

  @Override
  public void close() {
    queue.close();
    try {
      scope.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scope.close();
    readersLock.lock();
    try {
      closed = true;
      readerFree.signalAll();
      for (Session session : freeReaders) {
        session.close();
      }
      freeReaders.clear();
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("the database did not close cleanly", e);
    } finally {
      readersLock.unlock();
    }
  }
}
