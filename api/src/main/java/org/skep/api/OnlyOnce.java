package org.skep.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PostId;
import org.skep.kernel.http.HttpProblem;

/**
 * Makes one post of several tries of the same one, which a client marks with the same {@code
 * Idempotency-Key}. Remembers an hour's worth, as Mastodon does, and not over a restart. Any
 * thread.
 */
final class OnlyOnce {
  private static final long REMEMBERED_NANOS = Duration.ofHours(1).toNanos();
  private static final int KEYS_MAX = 1_000;
  private static final int KEY_CHARS_MAX = 256;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Made> made = new LinkedHashMap<>();

  OnlyOnce(Clock clock) {
    this.clock = clock;
  }

  private record Key(AccountId account, String text) {}

  private record Made(PostId post, Bytes asked, long atNanos) {}

  /**
   * What was made under this key before, or else what is made now.
   *
   * @param asked what is asked for; whoever asks for something else under the same key is refused,
   *     rather than told that it is done
   */
  PostId run(AccountId account, Optional<String> key, Bytes asked, Supplier<PostId> making) {
    if (key.isEmpty()) {
      return making.get();
    }
    if (key.get().length() > KEY_CHARS_MAX) {
      throw new HttpProblem(
          422, "An idempotency key has at most " + KEY_CHARS_MAX + " characters.");
    }
    // Held while the post is made: a second try must wait for what the first one comes to.
    lock.lock();
    try {
      long now = clock.monotonicNanos();
      made.values().removeIf(one -> now - one.atNanos() > REMEMBERED_NANOS);
      Key ours = new Key(account, key.get());
      Made before = made.get(ours);
      Bytes hash = Json.sha256(asked);
      if (before != null) {
        if (!before.asked().equals(hash)) {
          throw new HttpProblem(
              422, "Another post was made under this idempotency key; take a new one for this.");
        }
        return before.post();
      }
      PostId post = making.get();
      if (made.size() >= KEYS_MAX) {
        made.remove(made.keySet().iterator().next());
      }
      made.put(ours, new Made(post, hash, now));
      return post;
    } finally {
      lock.unlock();
    }
  }
}
