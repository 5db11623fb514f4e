package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;

/** Sessions, access tokens and one-time links. */
class TokensTest {
  @TempDir Path folder;
  private TestNode node;
  private Tokens tokens;
  private AccountId ana;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    tokens = node.engine.tokens();
    ana = node.account("Ana");
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aLinkOpensOneSessionAndNoOther() {
    String link = tokens.create(ana, Tokens.Kind.LINK, "first start");

    String session = tokens.exchange(link).orElseThrow().secret();

    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, session));
    assertEquals(Optional.empty(), tokens.exchange(link));
    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, session));
  }

  @Test
  void aLinkExpiresByTheClock() {
    String early = tokens.create(ana, Tokens.Kind.LINK, "early");
    String late = tokens.create(ana, Tokens.Kind.LINK, "late");
    node.clock.advance(Tokens.LINK_LIFE);
    assertTrue(tokens.exchange(early).isPresent(), "ten minutes are ten minutes");
    node.clock.advance(Duration.ofMillis(1));

    assertEquals(Optional.empty(), tokens.exchange(late));
  }

  @Test
  void aLinkFromAClockThatRanAheadIsWorthNothing() {
    node.clock.advance(Duration.ofDays(400));
    String link = tokens.create(ana, Tokens.Kind.LINK, "from the future");
    node.clock.advance(Duration.ofDays(-400));

    assertEquals(Optional.empty(), tokens.exchange(link));
  }

  @Test
  void aSecretIsGoodForItsOwnKindOnly() {
    String link = tokens.create(ana, Tokens.Kind.LINK, "link");
    String access = tokens.create(ana, Tokens.Kind.ACCESS, "script");
    String session = tokens.create(ana, Tokens.Kind.SESSION, "page");

    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.ACCESS, access));
    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.SESSION, access));
    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.ACCESS, session));
    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.LINK, link));
    assertEquals(Optional.empty(), tokens.exchange(access));
    assertEquals(
        Optional.of(ana),
        tokens.owner(Tokens.Kind.ACCESS, access),
        "trying an access token as a link must not use it up");
  }

  @Test
  void aWithdrawnSecretIsWorthNothing() {
    String access = tokens.create(ana, Tokens.Kind.ACCESS, "script");

    tokens.withdraw(Tokens.proof(access));

    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.ACCESS, access));
  }

  @Test
  void aSessionCountsOnlyWithBothItsHalves() {
    Tokens.Session session =
        tokens.exchange(tokens.create(ana, Tokens.Kind.LINK, "link")).orElseThrow();

    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, session.secret()));
    for (String half :
        List.of(
            session.cookie(),
            session.pageKey(),
            session.cookie() + ":",
            new Tokens.Session(session.cookie(), session.cookie()).secret(),
            new Tokens.Session(session.pageKey(), session.cookie()).secret())) {
      assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.SESSION, half));
    }
  }

  @Test
  void whatIsWithdrawnTogetherIsOnePersonsAndOfTheKindsNamed() {
    AccountId ben = node.account("Ben");
    String session = tokens.create(ana, Tokens.Kind.SESSION, "page");
    String access = tokens.create(ana, Tokens.Kind.ACCESS, "script");
    String link = tokens.create(ana, Tokens.Kind.LINK, "link");
    String bens = tokens.create(ben, Tokens.Kind.SESSION, "page");

    tokens.withdrawAll(ana, Set.of(Tokens.Kind.SESSION, Tokens.Kind.LINK));

    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.SESSION, session));
    assertEquals(Optional.empty(), tokens.exchange(link));
    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.ACCESS, access));
    assertEquals(Optional.of(ben), tokens.owner(Tokens.Kind.SESSION, bens));
  }

  @Test
  void secretsOfAnyShapeAreAnswered() {
    for (String odd : List.of("", " ", "\0", "'", "x".repeat(100_000), "\ud800")) {
      assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.SESSION, odd));
      assertEquals(Optional.empty(), tokens.exchange(odd));
    }
  }

  @Test
  void linksThatWaitAreBoundedAndTheNewestStay() {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      links.add(tokens.create(ana, Tokens.Kind.LINK, "link " + i));
    }

    long waiting =
        node.store.read(
            tx -> tx.number("SELECT count(*) FROM token WHERE kind = 'LINK'").orElseThrow());

    assertEquals(32, waiting);
    assertTrue(tokens.exchange(links.getLast()).isPresent());
  }

  @Test
  void sessionsAreBoundedAndTheNewestStay() {
    String first = tokens.create(ana, Tokens.Kind.SESSION, "page");
    String last = first;
    for (int i = 0; i < Tokens.SESSIONS_MAX; i++) {
      node.clock.advance(Duration.ofMinutes(1));
      last = tokens.create(ana, Tokens.Kind.SESSION, "page");
    }

    assertEquals(Optional.empty(), tokens.owner(Tokens.Kind.SESSION, first));
    assertEquals(Optional.of(ana), tokens.owner(Tokens.Kind.SESSION, last));
  }

  @Test
  void secretsDifferAndOnlyTheirHashesAreKept() throws Exception {
    String one = tokens.create(ana, Tokens.Kind.ACCESS, "one");
    String other = tokens.create(ana, Tokens.Kind.ACCESS, "other");
    assertNotEquals(one, other);
    assertEquals(43, one.length());

    node.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(!bytes.contains(one), "the secret stands in " + file);
      }
    }
    node = new TestNode(folder);
    assertEquals(Optional.of(ana), node.engine.tokens().owner(Tokens.Kind.ACCESS, one));
  }
}
