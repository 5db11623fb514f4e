package org.skep.networks.scuttlebutt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.message.FeedId;

/** Who is connected to whom at this moment. Any thread. */
final class Sessions {
  /** One account and one peer. */
  record Pair(AccountId account, FeedId peer) {}

  /** Two computers may dial each other at the same moment; more are left over from dead lines. */
  private static final int PER_PAIR_MAX = 2;

  /** How long the others may take to answer our goodbyes. */
  private static final Duration GOODBYES_MAX = Duration.ofSeconds(2);

  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Pair, List<PeerSession>> open = new LinkedHashMap<>();
  private final Condition fewer = lock.newCondition();
  private boolean closing;

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Runs a session, which counts as open meanwhile. Of too many with one peer the oldest is cut.
   *
   * @throws PeerException as the session does
   */
  void run(Pair pair, PeerSession session) throws PeerException, InterruptedException {
    add(pair, session).ifPresent(PeerSession::hangUp);
    try {
      session.run();
    } finally {
      remove(pair, session);
    }
  }

  private Optional<PeerSession> add(Pair pair, PeerSession session) throws PeerException {
    lock.lock();
    try {
      if (closing) {
        throw new PeerException("this computer is about to stop");
      }
      List<PeerSession> sessions = open.computeIfAbsent(pair, _ -> new ArrayList<>());
      sessions.add(session);
      return sessions.size() > PER_PAIR_MAX ? Optional.of(sessions.getFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void remove(Pair pair, PeerSession session) {
    lock.lock();
    try {
      List<PeerSession> sessions = open.getOrDefault(pair, new ArrayList<>());
      sessions.remove(session);
      if (sessions.isEmpty()) {
        open.remove(pair);
      }
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean connected(Pair pair) {
    lock.lock();
    try {
      return open.containsKey(pair);
    } finally {
      lock.unlock();
    }
  }

  List<Pair> pairs() {
    lock.lock();
    try {
      return List.copyOf(open.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Takes nobody in any more, says goodbye to everybody, and cuts who does not answer it. */
  void close() {
    List<PeerSession> all = new ArrayList<>();
    lock.lock();
    try {
      closing = true;
      open.values().forEach(all::addAll);
    } finally {
      lock.unlock();
    }
    all.forEach(PeerSession::close);
    awaitGoodbyes();
    all.forEach(PeerSession::hangUp);
  }

  private void awaitGoodbyes() {
    long deadline = clock.monotonicNanos() + GOODBYES_MAX.toNanos();
    lock.lock();
    try {
      long left = GOODBYES_MAX.toNanos();
      while (!open.isEmpty() && left > 0) {
        clock.await(fewer, Duration.ofNanos(left));
        left = deadline - clock.monotonicNanos();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
