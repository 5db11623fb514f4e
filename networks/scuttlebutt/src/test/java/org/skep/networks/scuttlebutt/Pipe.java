package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a line in memory, with little room, so that whoever is not read has to wait. */
public final class Pipe {
  private final byte[] ring;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long written;
  private long read;
  private boolean ended;
  private boolean cut;

  public Pipe(int bytesMax) {
    this.ring = new byte[bytesMax];
  }

  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return take(target, offset, length);
      }
    };
  }

  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        put((byte) value);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
          put(source[i]);
        }
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  /** What is written still arrives, and then the stream ends. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Reading and writing fail from now on. */
  public void cut() {
    lock.lock();
    try {
      cut = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] target, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (length > 0 && read == written && !ended && !cut) {
        changed.await();
      }
      if (cut) {
        throw new IOException("the line was cut");
      }
      int count = (int) Math.min(length, written - read);
      for (int i = 0; i < count; i++) {
        target[offset + i] = ring[(int) (read++ % ring.length)];
      }
      changed.signalAll();
      return count == 0 && length > 0 ? -1 : count;
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  private void put(byte value) throws IOException {
    lock.lock();
    try {
      while (written - read == ring.length && !ended && !cut) {
        changed.await();
      }
      if (ended || cut) {
        throw new IOException("the line is closed");
      }
      ring[(int) (written++ % ring.length)] = value;
      changed.signalAll();
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
