package org.skep.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that don't come to the point. An idle timeout sees only silence, so that
 * whoever sends a byte now and then could hold a connection for ever, and with enough of them lock
 * everybody else out. Here a connection without a request has a deadline whatever it sends, and
 * where too many wait, the one that has waited longest makes room. Any thread.
 */
final class HeadDeadline implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration within;
  private final int waitingMax;
  private final ReentrantLock lock = new ReentrantLock();

  /** Connections without a request, the longest waiting first, each with its deadline. */
  private final Map<EndPoint, Scheduler.Task> waiting = new LinkedHashMap<>();

  /**
   * @param within from when a connection was opened or last answered
   * @param waitingMax connections without a request at one time, at least 1
   */
  HeadDeadline(Scheduler scheduler, Duration within, int waitingMax) {
    this.scheduler = scheduler;
    this.within = within;
    this.waitingMax = waitingMax;
  }

  @Override
  public void onOpened(Connection connection) {
    await(connection.getEndPoint());
  }

  @Override
  public void onClosed(Connection connection) {
    forget(connection.getEndPoint());
  }

  /** The head of a request has arrived. */
  void arrived(Request request) {
    forget(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  /** The request is answered; the connection may bring another. */
  void answered(Request request) {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    if (connection.isOpen()) {
      await(connection);
    }
  }

  private void await(EndPoint connection) {
    List<EndPoint> tooMany = new ArrayList<>();
    lock.lock();
    try {
      remove(connection);
      waiting.put(
          connection,
          scheduler.schedule(connection::close, within.toMillis(), TimeUnit.MILLISECONDS));
      while (waiting.size() > waitingMax) {
        EndPoint longest = waiting.keySet().iterator().next();
        remove(longest);
        tooMany.add(longest);
      }
    } finally {
      lock.unlock();
    }
    tooMany.forEach(EndPoint::close);
  }

  private void forget(EndPoint connection) {
    lock.lock();
    try {
      remove(connection);
    } finally {
      lock.unlock();
    }
  }

  private void remove(EndPoint connection) {
    Optional.ofNullable(waiting.remove(connection)).ifPresent(Scheduler.Task::cancel);
  }
}
