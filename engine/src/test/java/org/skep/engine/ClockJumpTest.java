package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/**
 * The machine's clock is wrong by ten years for a while: nothing is lost by it, and nothing is
 * stuck until that time has come.
 */
class ClockJumpTest {
  private static final long YEARS = 10 * 365L * 24 * 3600 * 1000;

  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void jump(long offsetMillis) {
    node.clock.setWall(TestClock.START_MILLIS + offsetMillis);
  }

  private void restart(long offsetMillis) {
    node.close();
    node = new TestNode(folder);
    jump(offsetMillis);
  }

  /** What Ben writes just now, by a clock that is right. */
  private void benPosts(String text) {
    node.takes(ben.writes(TestClock.START_MILLIS, "open", ben.post(text)));
  }

  @Test
  void ownPostsStandInTheirOrderWhateverTheClockSays() {
    List<PostId> posts = new ArrayList<>();
    posts.add(node.post(ana, "one"));
    jump(YEARS);
    posts.add(node.post(ana, "two"));
    jump(0);
    posts.add(node.post(ana, "three"));
    restart(-YEARS);
    posts.add(node.post(ana, "four"));
    restart(YEARS);
    posts.add(node.post(ana, "five"));
    restart(0);
    posts.add(node.post(ana, "six"));

    assertEquals(List.of("six", "five", "four", "three", "two", "one"), node.home(ana));
    assertEquals(posts.stream().sorted(Comparator.comparingLong(PostId::value)).toList(), posts);
  }

  @Test
  void whoWasMetUnderAWrongClockIsHeardAsSoonAsItIsRight() {
    jump(YEARS);
    benPosts("before");
    node.post(ana, "mine");
    restart(0);

    benPosts("news");

    assertEquals("news", node.home(ana).getFirst());
  }

  @Test
  void whoeverSignsInIsNotSentAwayBySessionsFromTheFuture() {
    Tokens tokens = node.engine.tokens();
    jump(YEARS);
    for (int i = 0; i < Tokens.SESSIONS_MAX; i++) {
      signIn(tokens);
    }
    jump(0);

    String first = signIn(tokens);
    String second = signIn(tokens);

    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, first));
    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, second));
  }

  private String signIn(Tokens tokens) {
    return tokens.exchange(tokens.create(ana, Tokens.Kind.LINK, "a test")).orElseThrow().secret();
  }

  @Test
  void whatIsClaimedNowIsNotPushedOutByClaimsFromTheFuture() {
    jump(YEARS);
    for (int i = 0; i < Claims.PEERS_PER_LOG_MAX; i++) {
      claim("stranger" + i);
    }
    jump(0);

    claim("first");
    claim("second");

    assertEquals(2, node.store.read(tx -> Claims.about(tx, ana, node.clock.wallMillis())).size());
  }

  private void claim(String peer) {
    Ref own = node.identity(ana, node.town);
    new AcknowledgedDelivery(node.store, node.aliases, node.facts, node.clock)
        .acknowledged(new Ref(TestNode.TOWN, "@" + peer), own, "", 1_000);
  }

  @Test
  void whatWaitsForEarlierEntriesIsTakenUpWhateverTheClockSays() {
    TestAuthor.Written first = ben.posts("one");
    jump(YEARS);
    node.offer(ben.posts("two"));
    jump(0);

    node.takes(first);

    Await.until("what waited is here", () -> node.home(ana).equals(List.of("two", "one")));
  }
}
