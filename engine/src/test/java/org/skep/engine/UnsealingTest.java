package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;

/** What is sealed is opened whatever happens meanwhile, and whatever goes wrong with one. */
class UnsealingTest extends LettersHere {
  private final Ref dora = new Ref(TestNode.TOWN, "@dora");

  private long keys() {
    return node.store.read(tx -> tx.number("SELECT count(*) FROM content_key")).orElseThrow();
  }

  @Test
  void noKeyIsKeptForWhatWasLetGoOfMeanwhile() {
    TestAuthor dave = new TestAuthor(TestNode.TOWN, "dave");
    node.follow(ana, dave);
    node.takes(dave.posts("first"));
    long before = keys();
    AtomicBoolean gone = new AtomicBoolean();
    node.town.beforeTrying(fact -> {
      if (!gone.getAndSet(true)) {
        Await.until("the last entry is another", () -> node.home(ana).contains("last"));
        int released =
            node.store.write(Lane.OWN, tx -> node.facts.release(tx, carol.name(), "", 10));
        assertEquals(1, released);
      }
    });
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    node.takes(letter, dave.posts("last"));
    Await.until("it was tried", () -> node.town.tried().contains(letter.id()));
    Await.until("and passed", () -> node.engine.unsealing().isResting());
    assertEquals(before, keys());
    assertEquals(List.of(), letters(ana));
  }

  @Test
  void aFaultInTryingCostsOneLetter() {
    TestAuthor.Written fault = letter("a fault", Optional.empty(), ana);
    TestAuthor.Written fine = letter("fine", Optional.empty(), ana);
    node.town.beforeTrying(fact -> {
      if (fact.content().id().equals(fault.id())) {
        throw new IllegalStateException("a fault");
      }
    });
    node.takes(fault, fine);
    Await.until("the other one is opened", () -> letters(ana).equals(List.of("fine")));
  }

  @Test
  void whatTheDiskDidNotTakeIsTriedAgain() {
    AtomicBoolean full = new AtomicBoolean(true);
    node.town.beforeReadingSealed(fact -> {
      if (full.getAndSet(false)) {
        throw new StoreException("the disk is full");
      }
    });
    node.takes(letter("for ana", Optional.empty(), ana));
    Await.until("it is opened", () -> letters(ana).equals(List.of("for ana")));
  }

  @Test
  void aRecordTheStoreAlwaysFailsOverDoesNotKeepTheOthersAway() {
    TestAuthor.Written damaged = letter("damaged", Optional.empty(), ana);
    TestAuthor.Written fine = letter("fine", Optional.empty(), ana);
    node.town.beforeReadingSealed(fact -> {
      if (fact.content().id().equals(damaged.id())) {
        throw new StoreException("a kept record is damaged");
      }
    });
    node.takes(damaged, fine);
    Await.until("the other one is opened", () -> letters(ana).equals(List.of("fine")));
    TestAuthor.Written later = letter("later", Optional.empty(), ana);
    node.takes(later);
    Await.until("so is what comes later", () -> letters(ana).equals(List.of("later", "fine")));
  }

  /** What was sealed for others is a lot, and trying each costs as much as checking a signature. */
  @Test
  void whatWasTriedInVainIsNotTriedAgainAfterAStop() {
    TestAuthor.Written before =
        sealed(List.of(dora), carol.sealedPost("for dora", Optional.empty(), List.of(dora)));
    node.takes(before);
    awaitTried(before);
    node.close();
    node = new TestNode(folder);
    TestAuthor.Written after = letter("for ana", Optional.empty(), ana);
    node.takes(after);
    awaitTried(after);
    assertEquals(List.of("for ana"), letters(ana));
    assertFalse(node.town.tried().contains(before.id()));
  }

  /** A rebuild takes minutes where there is much; letters do not wait for its end. */
  @Test
  void lettersAreOpenedWhileViewsAreBuilt() {
    TestAuthor.Written passed =
        sealed(List.of(dora), carol.sealedPost("for dora", Optional.empty(), List.of(dora)));
    node.takes(passed);
    awaitTried(passed);
    node.takes(carol.posts("one"), carol.posts("two"), carol.posts("three"));
    // Each slice reads one of them.
    node.town.beforeInterpreting(fact -> node.clock.advance(Duration.ofMillis(50)));
    long place =
        node.store.read(tx -> tx.number("SELECT max(seq) FROM {sealed.fact}")).orElseThrow();
    List<AccountId> late = new ArrayList<>();
    node.rebuild((done, total) -> {
      if (done >= place && done < total && late.isEmpty()) {
        late.add(node.engine.actions().createAccount("Dora", Map.of(TestNode.TOWN, "dora")));
        Await.until("what was passed", () -> letters(late.getFirst()).equals(List.of("for dora")));
        node.takes(letter("for ana", Optional.empty(), ana));
        Await.until("what is to come", () -> letters(ana).equals(List.of("for ana")));
      }
    });
    assertEquals(List.of("for dora"), letters(late.getFirst()));
    assertEquals(List.of("for ana"), letters(ana));
    List<String> views = node.engine.dumpViews();
    node.rebuild();
    assertEquals(views, node.engine.dumpViews());
  }
}
