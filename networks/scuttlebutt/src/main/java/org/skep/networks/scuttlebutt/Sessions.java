package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.message.FeedId;

/** Who is connected to whom at this moment. Any thread. */
final class Sessions {
  /** One account and one peer. */
  record Pair(AccountId account, FeedId peer) {}

  /** Two computers may dial each other at the same moment; more is a fault or an attack. */
  private static final int PER_PAIR_MAX = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Pair, List<PeerSession>> open = new LinkedHashMap<>();
  private boolean closing;

  /**
   * Runs a session, which counts as open meanwhile.
   *
   * @throws PeerException as the session does, or when the pair has too many already
   */
  void run(Pair pair, PeerSession session) throws PeerException, InterruptedException {
    add(pair, session);
    try {
      session.run();
    } finally {
      remove(pair, session);
    }
  }

  private void add(Pair pair, PeerSession session) throws PeerException {
    lock.lock();
    try {
      List<PeerSession> sessions = open.computeIfAbsent(pair, _ -> new ArrayList<>());
      if (closing || sessions.size() >= PER_PAIR_MAX) {
        throw new PeerException("there is a connection already");
      }
      sessions.add(session);
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

  /** Says goodbye to everybody, and takes nobody in any more. */
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
  }
}
