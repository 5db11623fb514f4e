package org.skep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.StoreException;

/** The few connections that readers share; who finds none free waits for one. */
final class Readers {
  static final int COUNT = 4;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final ArrayDeque<Session> free = new ArrayDeque<>();
  private int existing;
  private boolean closed;

  Readers(Path file) {
    this.file = file;
  }

  /** A connection with a transaction begun on it. */
  Session begin() throws SQLException {
    Session session = take();
    try {
      session.execute("BEGIN");
      return session;
    } catch (SQLException e) {
      discard(session);
      throw e;
    }
  }

  /** Ends the transaction; its snapshot is let go. */
  void end(Session session) throws SQLException {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // What state it is in nobody knows; the next reader gets a fresh one.
      discard(session);
      throw e;
    }
    lock.lock();
    try {
      free.addFirst(session);
      returned.signal();
    } finally {
      lock.unlock();
    }
  }

  private Session take() throws SQLException {
    lock.lock();
    try {
      while (free.isEmpty() && existing == COUNT && !closed) {
        returned.awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreException("the store is closed");
      }
      if (!free.isEmpty()) {
        return free.removeFirst();
      }
      existing++;
    } finally {
      lock.unlock();
    }
    try {
      return Session.forReading(file);
    } catch (SQLException e) {
      forget();
      throw e;
    }
  }

  private void discard(Session session) throws SQLException {
    try {
      session.close();
    } finally {
      forget();
    }
  }

  private void forget() {
    lock.lock();
    try {
      existing--;
      returned.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody else in, waits for those who read, and closes. */
  void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      returned.signalAll();
      while (free.size() < existing) {
        returned.awaitUninterruptibly();
      }
      while (!free.isEmpty()) {
        existing--;
        free.removeFirst().close();
      }
    } finally {
      lock.unlock();
    }
  }
}
