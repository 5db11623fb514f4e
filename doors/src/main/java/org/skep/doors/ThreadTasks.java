package org.skep.doors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.DiskException;
import org.skep.kernel.Tasks;

/** Virtual threads for tasks; one platform thread for each core for arithmetic. */
public final class ThreadTasks implements Tasks, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ThreadTasks.class.getName());

  private final ExecutorService cores =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("skep-core-", 0).factory());

  @Override
  public Scope scope(String name) {
    return new ThreadScope(name);
  }

  @Override
  public <T> List<T> compute(List<Callable<T>> work) throws InterruptedException {
    List<T> answers = new ArrayList<>(work.size());
    try {
      for (Future<T> future : cores.invokeAll(work)) {
        answers.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a computation failed", e.getCause());
    }
    return answers;
  }

  @Override
  public void close() {
    cores.shutdownNow();
  }

  private static final class ThreadScope implements Scope {
    private final String name;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** Held while a task starts, so that closing sees it running or refuses it. */
    private final ReentrantLock starting = new ReentrantLock();

    private volatile boolean closed;

    ThreadScope(String name) {
      this.name = name;
    }

    @Override
    public void fork(String task, Task work) {
      Thread thread = Thread.ofVirtual().name(name + "/" + task).unstarted(() -> live(task, work));
      starting.lock();
      try {
        if (closed) {
          throw new IllegalStateException(name + " is closed");
        }
        running.add(thread);
        thread.start();
      } finally {
        starting.unlock();
      }
    }

    private void live(String task, Task work) {
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable e) {
        // While closing, a task fails because its ground is taken away; and that the disk takes
        // nothing, the store has told already. Neither is news.
        boolean known = closed || e instanceof DiskException;
        LOG.log(
            known ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
            name + "/" + task + " ended",
            e);
      } finally {
        running.remove(Thread.currentThread());
      }
    }

    @Override
    public void join() throws InterruptedException {
      for (Thread thread : running) {
        if (!thread.equals(Thread.currentThread())) {
          thread.join();
        }
      }
    }

    @Override
    public void close() {
      starting.lock();
      try {
        closed = true;
      } finally {
        starting.unlock();
      }
      // All at once, or a task that ends slowly would hold up those after it.
      List<Thread> others = new ArrayList<>(running);
      others.remove(Thread.currentThread());
      others.forEach(Thread::interrupt);
      boolean interrupted = false;
      for (Thread thread : others) {
        while (thread.isAlive()) {
          try {
            thread.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
