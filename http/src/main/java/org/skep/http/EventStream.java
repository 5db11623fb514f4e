package org.skep.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.http.EventSink;

/**
 * The bounded queue between whoever tells news and one client that reads server-sent events. The
 * teller never waits; one virtual thread, in {@link #pump}, does the writing.
 */
final class EventStream implements EventSink {
  static final int QUEUED_EVENTS_MAX = 512;
  static final int QUEUED_BYTES_MAX = 1024 * 1024;

  private static final Pattern EVENT = Pattern.compile("[a-z0-9._-]{1,64}");
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
  private static final byte[] HEARTBEAT = ":thump\n\n".getBytes(StandardCharsets.UTF_8);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private final Runnable hangUp;
  private int queuedBytes;
  private @Nullable String endReason;

  /**
   * @param hangUp cuts the connection, so that a write to a client that does not read fails; must
   *     not block
   */
  EventStream(Runnable hangUp) {
    this.hangUp = hangUp;
  }

  @Override
  public void send(String event, String data) {
    if (!EVENT.matcher(event).matches()) {
      throw new IllegalArgumentException("not the type of an event: " + event);
    }
    byte[] frame = frame(event, data);
    lock.lock();
    try {
      if (endReason != null) {
        return;
      }
      if (queue.size() < QUEUED_EVENTS_MAX && queuedBytes + frame.length <= QUEUED_BYTES_MAX) {
        queue.add(frame);
        queuedBytes += frame.length;
        changed.signal();
        return;
      }
      end("the client reads too slowly");
      queue.clear();
    } finally {
      lock.unlock();
    }
    hangUp.run();
  }

  @Override
  public void close(String reason) {
    lock.lock();
    try {
      end(reason);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isOpen() {
    lock.lock();
    try {
      return endReason == null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what comes, until the stream is ended and what was queued is written.
   *
   * @param heartbeat how long the stream may be silent
   * @return why it ended
   * @throws IOException when the client has gone
   */
  String pump(Writer writer, Duration heartbeat) throws IOException, InterruptedException {
    writer.write(HEARTBEAT);
    while (true) {
      Optional<byte[]> frame = next(heartbeat);
      if (frame.isPresent()) {
        writer.write(frame.get());
        continue;
      }
      lock.lock();
      try {
        if (endReason != null && queue.isEmpty()) {
          return endReason;
        }
      } finally {
        lock.unlock();
      }
      writer.write(HEARTBEAT);
    }
  }

  /** The next frame; nothing when the time is over or the stream has ended. */
  private Optional<byte[]> next(Duration within) throws InterruptedException {
    lock.lock();
    try {
      long leftNanos = within.toNanos();
      while (queue.isEmpty() && endReason == null && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      byte[] frame = queue.poll();
      if (frame != null) {
        queuedBytes -= frame.length;
      }
      return Optional.ofNullable(frame);
    } finally {
      lock.unlock();
    }
  }

  private void end(String reason) {
    if (endReason == null) {
      endReason = reason;
      changed.signal();
    }
  }

  private static byte[] frame(String event, String data) {
    StringBuilder frame = new StringBuilder("event: ").append(event).append('\n');
    for (String line : LINE_BREAK.split(data, -1)) {
      frame.append("data: ").append(line).append('\n');
    }
    return frame.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Where frames go; blocks while the client does not read. */
  @FunctionalInterface
  interface Writer {
    void write(byte[] frame) throws IOException;
  }
}
