package org.skep.doors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.skep.kernel.DiskException;
import org.skep.kernel.Tasks;

/** Virtual threads for tasks; one platform thread for each core for arithmetic. */
public final class ThreadTasks implements Tasks, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ThreadTasks.class.getName());

  private final Supplier<Thread.Builder> threads;
  private final ExecutorService cores;

  public ThreadTasks() {
    this(
        Thread::ofVirtual,
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("skep-core-", 0).factory()));
  }

  /**
   * Tasks whose threads come from elsewhere.
   *
   * @param threads of which each task gets a fresh one
   * @param cores where arithmetic is done; shut down at the end
   */
  public ThreadTasks(Supplier<Thread.Builder> threads, ExecutorService cores) {
    this.threads = threads;
    this.cores = cores;
  }

  @Override
  public Scope scope(String name) {
    return new ThreadScope(name, threads);
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
    private final Supplier<Thread.Builder> threads;

    /** Held while a task starts, so that closing sees it running or refuses it. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The first started first, so that they end in an order that a test can repeat. */
    private final Set<Thread> running = new LinkedHashSet<>();

    private volatile boolean closed;

    ThreadScope(String name, Supplier<Thread.Builder> threads) {
      this.name = name;
      this.threads = threads;
    }

    @Override
    public void fork(String task, Task work) {
      Thread thread = threads.get().name(name + "/" + task).unstarted(() -> live(task, work));
      lock.lock();
      try {
        if (closed) {
          throw new IllegalStateException(name + " is closed");
        }
        running.add(thread);
        thread.start();
      } finally {
        lock.unlock();
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
        lock.lock();
        try {
          running.remove(Thread.currentThread());
        } finally {
          lock.unlock();
        }
      }
    }

    /** Those that run now, but for the one that asks. */
    private List<Thread> others() {
      lock.lock();
      try {
        return running.stream().filter(thread -> !thread.equals(Thread.currentThread())).toList();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void join() throws InterruptedException {
      for (List<Thread> left = others(); !left.isEmpty(); left = others()) {
        left.getFirst().join();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        closed = true;
      } finally {
        lock.unlock();
      }
      // All at once, or a task that ends slowly would hold up those after it.
      List<Thread> others = others();
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
