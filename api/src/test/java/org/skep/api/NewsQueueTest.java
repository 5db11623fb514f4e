package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Announcement;
import org.skep.kernel.PostId;

/** News is told or the listener is given up; the rest is told as far as it fits. */
final class NewsQueueTest {
  private final NewsQueue queue = new NewsQueue();

  private static Announcement news(int post) {
    return new Announcement.PostShown(new PostId(post), true);
  }

  private static Announcement history(int post) {
    return new Announcement.PostShown(new PostId(post), false);
  }

  @Test
  void whatWaitsComesOutInOrderAndOnlyOnce() throws Exception {
    assertTrue(queue.offer(news(1)));
    assertTrue(queue.offer(new Announcement.PostChanged(new PostId(1))));
    assertTrue(queue.offer(news(1)));
    assertTrue(queue.offer(news(2)));
    assertEquals(Optional.of(news(1)), queue.take());
    assertEquals(Optional.of(new Announcement.PostChanged(new PostId(1))), queue.take());
    assertEquals(Optional.of(news(2)), queue.take());
  }

  @Test
  void aFloodOfHistoryIsCutShortAndLeavesRoomForNews() throws Exception {
    for (int i = 1; i <= NewsQueue.REST_MAX * 3; i++) {
      assertTrue(queue.offer(history(i)));
    }
    assertTrue(queue.offer(news(9_999)));
    for (int i = 1; i <= NewsQueue.REST_MAX; i++) {
      assertEquals(Optional.of(history(i)), queue.take());
    }
    assertEquals(Optional.of(news(9_999)), queue.take());
  }

  @Test
  void aListenerTooFarBehindTheNewsIsGivenUp() throws Exception {
    for (int i = 1; i <= NewsQueue.NEWS_MAX; i++) {
      assertTrue(queue.offer(news(i)));
    }
    assertTrue(queue.offer(news(1)));
    assertFalse(queue.offer(news(9_999)));
    assertEquals(Optional.empty(), queue.take());
    assertFalse(queue.offer(news(1)));
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (queue.take().isEmpty()) {
                  woken.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    queue.close();
    assertTrue(woken.await(20, TimeUnit.SECONDS));
    waiting.join();
  }
}
