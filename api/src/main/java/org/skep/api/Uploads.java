package org.skep.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.engine.Pictures;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.http.HttpProblem;

/**
 * Pictures that were uploaded and wait for their post. Each is its account's own and stands in one
 * post; what waits too long, or too much of it, is given up. Not kept over a restart. Any thread.
 */
final class Uploads implements AutoCloseable {
  static final Duration KEPT_FOR = Duration.ofHours(24);
  static final int PER_ACCOUNT_MAX = 64;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, TreeMap<Long, Upload>> waiting = new HashMap<>();
  private long lastId;

  Uploads(Clock clock) {
    this.clock = clock;
  }

  /**
   * One picture that waits.
   *
   * @param id grows with each
   */
  record Upload(long id, Pictures.Taken picture, String description, long atNanos) {
    Attachment attachment() {
      Blobs.BlobInfo blob = picture.lease().blob();
      return new Attachment(
          blob.hash(), picture.head().format().mediaType(), description, blob.lengthBytes());
    }
  }

  /** Keeps a picture; the oldest of the account's makes room where there are too many. */
  Upload add(AccountId account, Pictures.Taken picture, String description) {
    lock.lock();
    try {
      giveUpOld();
      // So that an id from before a restart does not come to mean another picture.
      lastId = Math.max(lastId + 1, clock.wallMillis() * 1_000);
      Upload upload = new Upload(lastId, picture, description, clock.monotonicNanos());
      TreeMap<Long, Upload> own = waiting.computeIfAbsent(account, _ -> new TreeMap<>());
      own.put(upload.id(), upload);
      while (own.size() > PER_ACCOUNT_MAX) {
        own.pollFirstEntry().getValue().picture().close();
      }
      return upload;
    } finally {
      lock.unlock();
    }
  }

  Optional<Upload> find(AccountId account, long id) {
    lock.lock();
    try {
      giveUpOld();
      return Optional.ofNullable(own(account).get(id));
    } finally {
      lock.unlock();
    }
  }

  /** Says anew what is to be seen on it. */
  Optional<Upload> describe(AccountId account, long id, String description) {
    lock.lock();
    try {
      giveUpOld();
      return Optional.ofNullable(
          own(account)
              .computeIfPresent(
                  id,
                  (_, upload) -> new Upload(id, upload.picture(), description, upload.atNanos())));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes pictures out for a post, so that no other gets them.
   *
   * @param ids each once
   * @throws HttpProblem 422 when one of them does not wait here for this account
   */
  Claim claim(AccountId account, List<Long> ids) {
    lock.lock();
    try {
      giveUpOld();
      Map<Long, Upload> own = own(account);
      if (!own.keySet().containsAll(ids)) {
        throw new HttpProblem(
            422, "One of the pictures is not here, or was used already: please add it again.");
      }
      return new Claim(account, ids.stream().map(own::remove).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Pictures that one post is made of; they wait again when it was not made. */
  final class Claim implements AutoCloseable {
    private final AccountId account;
    private final List<Upload> uploads;
    private boolean posted;

    private Claim(AccountId account, List<Upload> uploads) {
      this.account = account;
      this.uploads = uploads;
    }

    List<Attachment> attachments() {
      return uploads.stream().map(Upload::attachment).toList();
    }

    /** The post is there and keeps them. */
    void posted() {
      posted = true;
    }

    @Override
    public void close() {
      if (posted) {
        uploads.forEach(upload -> upload.picture().close());
        return;
      }
      lock.lock();
      try {
        TreeMap<Long, Upload> own = waiting.computeIfAbsent(account, _ -> new TreeMap<>());
        uploads.forEach(upload -> own.put(upload.id(), upload));
      } finally {
        lock.unlock();
      }
    }
  }

  private Map<Long, Upload> own(AccountId account) {
    return waiting.getOrDefault(account, new TreeMap<>());
  }

  private void giveUpOld() {
    long now = clock.monotonicNanos();
    for (TreeMap<Long, Upload> own : waiting.values()) {
      own.values()
          .removeIf(upload -> {
            boolean old = now - upload.atNanos() > KEPT_FOR.toNanos();
            if (old) {
              upload.picture().close();
            }
            return old;
          });
    }
    waiting.values().removeIf(Map::isEmpty);
  }

  /** Gives up all that waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      waiting.values().forEach(own -> own.values().forEach(upload -> upload.picture().close()));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}
