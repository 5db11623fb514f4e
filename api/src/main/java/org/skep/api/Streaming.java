package org.skep.api;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.skep.engine.Engine;
import org.skep.engine.LettersReader;
import org.skep.engine.Page;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.PostId;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.EventSink;
import org.skep.kernel.http.EventSource.Subscription;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpEvents;

/**
 * Tells those who listen what is new in their home timeline. The store announces on its own thread
 * and must not wait, so that every listener has a bounded queue and a task that does the reading.
 */
final class Streaming implements AutoCloseable {
  private final Reader reader;
  private final LettersReader letters;
  private final ShapeMaker.Sources sources;
  private final Tasks.Scope scope;
  private final Store.Subscription announcements;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  Streaming(Store store, Tasks tasks, Engine engine, ShapeMaker.Sources sources) {
    this.reader = engine.reader();
    this.letters = engine.letters();
    this.sources = sources;
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

  /** Tells nothing more to those callers: what let them in was withdrawn. */
  void hangUp(Predicate<Caller> whose) {
    listeners.stream().filter(one -> whose.test(one.caller)).forEach(Listener::close);
  }

  private HttpAnswer listen(Call call) {
    return new HttpEvents(sink -> {
      Listener listener = new Listener(call.request().signedIn(), call.origins(), sink);
      listeners.add(listener);
      scope.fork("listener", listener::tell);
      return listener;
    });
  }

  /** One page or program that listens for one account. */
  private final class Listener implements Subscription {
    private final Caller caller;
    private final AccountId account;
    private final Origins origins;
    private final EventSink sink;
    private final NewsQueue queue = new NewsQueue();

    Listener(Caller caller, Origins origins, EventSink sink) {
      this.caller = caller;
      this.account = caller.account();
      this.origins = origins;
      this.sink = sink;
    }

    void hear(Announcement announcement) {
      boolean shown =
          switch (announcement) {
            case Announcement.PostShown _,
                Announcement.PostChanged _,
                Announcement.Reacted _,
                Announcement.EntryGone _,
                Announcement.BlobChanged _ ->
                true;
            case Announcement.EntryKept _,
                Announcement.HeldChanged _,
                Announcement.SealedKept _,
                Announcement.InterestsChanged _,
                Announcement.MediaShown _ ->
                false;
          };
      if (shown && !queue.offer(announcement)) {
        sink.close("too much happened at once");
      }
    }

    void tell() throws InterruptedException {
      try {
        Optional<Announcement> next = queue.take();
        while (next.isPresent()) {
          tell(next.get());
          next = queue.take();
        }
      } finally {
        close();
        sink.close("nothing more is told");
      }
    }

    private void tell(Announcement announcement) {
      switch (announcement) {
        case Announcement.PostShown shown ->
            atHome(shown.post())
                .ifPresentOrElse(post -> send("update", post), () -> sendLetter(shown.post()));
        case Announcement.PostChanged changedPost -> sendChanged(changedPost.post());
        case Announcement.Reacted reacted ->
            reader.postNamed(reacted.post()).ifPresent(this::sendChanged);
        case Announcement.EntryGone gone -> sink.send("delete", gone.entry().toString());
        case Announcement.BlobChanged changedBlob ->
            reader
                .showing(account, changedBlob.blob())
                .forEach(post -> send("status.update", post));
        case Announcement.EntryKept _,
            Announcement.HeldChanged _,
            Announcement.SealedKept _,
            Announcement.InterestsChanged _,
            Announcement.MediaShown _ -> {}
      }
    }

    private void sendLetter(PostId id) {
      letters
          .conversation(account, id)
          .ifPresent(conversation ->
              sink.send("conversation", Json.write(shapes().conversation(conversation))));
    }

    private ShapeMaker shapes() {
      return new ShapeMaker(sources, account, origins);
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
      sink.send(event, Json.write(shapes().status(post)));
    }

    @Override
    public void close() {
      listeners.remove(this);
      queue.close();
    }
  }
}
