package org.skep.api;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.engine.Page;
import org.skep.engine.PeopleReader;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.PostId;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.http.EventSink;
import org.skep.kernel.http.EventSource.Subscription;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpEvents;

/**
 * Tells those who listen what is new in their home timeline. The store announces on its own thread
 * and must not wait, so that every listener has a bounded queue and a task that does the reading.
 */
final class Streaming implements AutoCloseable {
  /** What waits for one listener; more means that it is far behind and had better ask again. */
  private static final int WAITING_MAX = 1_000;

  private final Reader reader;
  private final PeopleReader people;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  Streaming(Store store, Tasks tasks, Reader reader, PeopleReader people) {
    this.reader = reader;
    this.people = people;
    this.scope = tasks.scope("streaming");
    this.announcements =
        store.subscribe(announcement -> listeners.forEach(one -> one.hear(announcement)));
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/streaming/user", this::listen);
  }

  @Override
  public void close() {
    announcements.close();
    listeners.forEach(Listener::close);
    scope.close();
  }

  private HttpAnswer listen(Call call) {
    return new HttpEvents(sink -> {
      Listener listener = new Listener(call.account(), call.origin(), sink);
      listeners.add(listener);
      scope.fork("listener", listener::tell);
      return listener;
    });
  }

  /** One page or program that listens for one account. */
  private final class Listener implements Subscription {
    private final AccountId account;
    private final String origin;
    private final EventSink sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Announcement> waiting = new ArrayDeque<>();
    private boolean over;

    Listener(AccountId account, String origin, EventSink sink) {
      this.account = account;
      this.origin = origin;
      this.sink = sink;
    }

    void hear(Announcement announcement) {
      lock.lock();
      try {
        if (over || waiting.contains(announcement)) {
          return;
        }
        if (waiting.size() >= WAITING_MAX) {
          over = true;
          sink.close("too much happened at once");
        } else {
          waiting.add(announcement);
        }
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    void tell() throws InterruptedException {
      try {
        Optional<Announcement> next = next();
        while (next.isPresent()) {
          tell(next.get());
          next = next();
        }
      } finally {
        close();
        sink.close("nothing more is told");
      }
    }

    private Optional<Announcement> next() throws InterruptedException {
      lock.lock();
      try {
        while (waiting.isEmpty() && !over) {
          changed.await();
        }
        return over ? Optional.empty() : Optional.ofNullable(waiting.poll());
      } finally {
        lock.unlock();
      }
    }

    private void tell(Announcement announcement) {
      switch (announcement) {
        case Announcement.PostShown shown ->
            atHome(shown.post()).ifPresent(post -> send("update", post));
        case Announcement.PostChanged changedPost -> sendChanged(changedPost.post());
        case Announcement.Reacted reacted ->
            reader.postNamed(reacted.post()).ifPresent(this::sendChanged);
        case Announcement.EntryKept _, Announcement.InterestsChanged _ -> {}
      }
    }

    private void sendChanged(PostId id) {
      reader.post(account, id).ifPresent(post -> send("status.update", post));
    }

    /** The post, if it stands in the account's home timeline. */
    private Optional<PostView> atHome(PostId id) {
      Page only =
          new Page(
              Optional.of(new PostId(id.value() + 1)),
              Optional.of(new PostId(id.value() - 1)),
              false,
              1);
      return reader.home(account, only).stream().findFirst();
    }

    private void send(String event, PostView post) {
      sink.send(event, Json.write(new ShapeMaker(people, account, origin).status(post)));
    }

    @Override
    public void close() {
      listeners.remove(this);
      lock.lock();
      try {
        over = true;
        waiting.clear();
        changed.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
