package org.skep.networks.scuttlebutt.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;

/** All calls and streams of one connection that are not over, by number. Any thread. */
final class OpenRequests {
  /** How many ended streams are remembered, so that their late packets open nothing new. */
  private static final int RECENT_MAX = 1024;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Call> ourCalls = new HashMap<>();
  private final Map<Integer, RpcStream> ourStreams = new HashMap<>();
  private final Set<Integer> theirCalls = new HashSet<>();
  private final Map<Integer, RpcStream> theirStreams = new HashMap<>();
  private final LinkedHashSet<Integer> recentlyEnded = new LinkedHashSet<>();
  private int lastNumber;
  private boolean lost;

  OpenRequests(Clock clock) {
    this.clock = clock;
  }

  /** A call of ours that waits for its answer. */
  final class Call {
    private final int number;
    private final Condition answered = lock.newCondition();
    private @Nullable RpcItem answer;
    private @Nullable RpcException error;

    private Call(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    void arrive(RpcItem item, boolean isError) {
      lock.lock();
      try {
        if (isError) {
          error = RpcException.received(item);
        } else {
          answer = item;
        }
        answered.signalAll();
      } finally {
        lock.unlock();
      }
    }

    RpcItem await(Duration atMost) throws RpcException, PeerException, InterruptedException {
      long deadline = clock.monotonicNanos() + atMost.toNanos();
      lock.lock();
      try {
        while (true) {
          if (answer != null) {
            return answer;
          }
          if (error != null) {
            throw error;
          }
          if (lost) {
            throw new PeerException("the connection ended");
          }
          long left = deadline - clock.monotonicNanos();
          if (left <= 0) {
            throw new RpcException("no answer in time");
          }
          clock.await(answered, Duration.ofNanos(left));
        }
      } finally {
        lock.unlock();
      }
    }
  }

  Call newCall() throws PeerException {
    lock.lock();
    try {
      Call call = new Call(nextNumber());
      ourCalls.put(call.number(), call);
      return call;
    } finally {
      lock.unlock();
    }
  }

  RpcStream newStream(RpcKind kind, RpcConnection connection, Budget inbound) throws PeerException {
    lock.lock();
    try {
      RpcStream stream = new RpcStream(nextNumber(), kind, connection, inbound);
      ourStreams.put(stream.number(), stream);
      return stream;
    } finally {
      lock.unlock();
    }
  }

  private int nextNumber() throws PeerException {
    if (lost || lastNumber == Integer.MAX_VALUE) {
      throw new PeerException("the connection ended");
    }
    lastNumber++;
    return lastNumber;
  }

  Optional<Call> ourCall(int number) {
    lock.lock();
    try {
      return Optional.ofNullable(ourCalls.get(number));
    } finally {
      lock.unlock();
    }
  }

  Optional<RpcStream> ourStream(int number) {
    lock.lock();
    try {
      return Optional.ofNullable(ourStreams.get(number));
    } finally {
      lock.unlock();
    }
  }

  Optional<RpcStream> theirStream(int number) {
    lock.lock();
    try {
      return Optional.ofNullable(theirStreams.get(number));
    } finally {
      lock.unlock();
    }
  }

  int theirStreams() {
    lock.lock();
    try {
      return theirStreams.size();
    } finally {
      lock.unlock();
    }
  }

  void addTheirStream(int number, RpcStream stream) {
    lock.lock();
    try {
      theirStreams.put(number, stream);
    } finally {
      lock.unlock();
    }
  }

  /** Remembers that a number has been used for a stream that is over, or never was. */
  void endTheirStream(int number) {
    lock.lock();
    try {
      theirStreams.remove(number);
      recentlyEnded.add(number);
      if (recentlyEnded.size() > RECENT_MAX) {
        recentlyEnded.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean endedRecently(int number) {
    lock.lock();
    try {
      return recentlyEnded.contains(number);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return false when as many are being served as may be
   * @throws PeerException when the number is in use
   */
  boolean addTheirCall(int number, int callsMax) throws PeerException {
    lock.lock();
    try {
      if (theirCalls.contains(number)) {
        throw new PeerException("two calls have the same number");
      }
      return theirCalls.size() < callsMax && theirCalls.add(number);
    } finally {
      lock.unlock();
    }
  }

  void endTheirCall(int number) {
    lock.lock();
    try {
      theirCalls.remove(number);
    } finally {
      lock.unlock();
    }
  }

  void forget(Call call) {
    lock.lock();
    try {
      ourCalls.remove(call.number());
    } finally {
      lock.unlock();
    }
  }

  void forget(RpcStream stream) {
    lock.lock();
    try {
      if (stream.number() > 0) {
        ourStreams.remove(stream.number());
      } else {
        endTheirStream(-stream.number());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone: whoever waits stops waiting. */
  void lose() {
    List<RpcStream> streams = new ArrayList<>();
    lock.lock();
    try {
      lost = true;
      ourCalls.values().forEach(call -> call.answered.signalAll());
      streams.addAll(ourStreams.values());
      streams.addAll(theirStreams.values());
    } finally {
      lock.unlock();
    }
    streams.forEach(RpcStream::lose);
  }
}
