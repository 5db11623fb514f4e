package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Facts.Shown;
import org.skep.kernel.Feeds;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/** What {@link Facts}, {@link Feeds} and {@link Aliases} promise, over any {@link Store}. */
abstract class FactsContract {
  static final NetworkId NETWORK = new NetworkId("test");
  static final Ref ALICE = new Ref(NETWORK, "@alice");
  static final Ref BOB = new Ref(NETWORK, "@bob");
  static final long NOON = 1_790_000_000_000L;
  static final Shown NEWS = new Shown(NOON, NOON, true);

  @TempDir Path folder;
  Store store;
  Aliases aliases;
  Facts facts;
  Feeds feeds;

  abstract Store open(Path folder);

  abstract Aliases aliases(Store store);

  abstract Facts facts(Store store);

  abstract Feeds feeds(Store store);

  @BeforeEach
  void openStore() {
    store = open(folder);
    aliases = aliases(store);
    facts = facts(store);
    feeds = feeds(store);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void reopen() {
    store.close();
    openStore();
  }

  static NewFact entry(Ref author, String log, long sequence, Bytes bytes) {
    return new NewFact(
        id(author, log, sequence),
        author,
        new LogPosition(
            log,
            sequence,
            sequence == 1 ? Optional.empty() : Optional.of(id(author, log, sequence - 1).id())),
        NOON - 1,
        Evidence.SELF_SIGNED,
        bytes);
  }

  static Ref id(Ref author, String log, long sequence) {
    return new Ref(NETWORK, author.id() + "/" + log + "/" + sequence);
  }

  static NewFact entry(Ref author, long sequence) {
    return entry(author, "", sequence, Bytes.ofUtf8(author.id() + " says " + sequence));
  }

  private Fact keep(NewFact content) {
    return store.write(Lane.LIVE, tx -> facts.keep(tx, content, NEWS, "wire:bob"));
  }

  private Fact append(Ref author, long sequence) {
    return store.write(
        Lane.LIVE,
        tx -> {
          Fact fact = facts.keep(tx, entry(author, sequence), NEWS, "wire:bob");
          feeds.append(tx, fact);
          return fact;
        });
  }

  private static List<Long> sequences(List<Fact> entries) {
    return entries.stream().map(fact -> fact.content().position().sequence()).toList();
  }

  // Facts

  private Optional<Fact> find(Tx tx, Ref id) {
    return facts.after(tx, 0, Integer.MAX_VALUE).stream()
        .map(Fact.class::cast)
        .filter(fact -> fact.content().id().equals(id))
        .findFirst();
  }

  @Test
  void everythingOfAFactComesBackAlsoAfterReopening() {
    NewFact content =
        new NewFact(
            new Ref(NETWORK, "%x"),
            ALICE,
            new LogPosition("private", 7, Optional.of("%w")),
            -5,
            Evidence.OWN,
            Bytes.ofUtf8("hello"));
    Shown shown = new Shown(NOON - 3, NOON, false);
    Fact kept = store.write(Lane.OWN, tx -> facts.keep(tx, content, shown, "own"));
    assertEquals(
        new Fact(kept.localSeq(), kept.localId(), content, NOON - 3, NOON, false, "own"), kept);
    assertEquals(Optional.of(kept), store.read(tx -> find(tx, content.id())));
    reopen();
    assertEquals(Optional.of(kept), store.read(tx -> find(tx, content.id())));
  }

  @Test
  void bytesComeOutExactlyWhateverTheyAre() {
    Bytes all = Bytes.wrap(new byte[256]);
    byte[] pattern = new byte[100_000];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = (byte) ((i * i) >> 3);
    }
    List<Bytes> cases =
        List.of(Bytes.EMPTY, Bytes.ofUtf8("x"), all, Bytes.wrap(pattern), Bytes.ofUtf8("é\r\n\0"));
    for (int i = 0; i < cases.size(); i++) {
      Bytes bytes = cases.get(i);
      NewFact content = entry(ALICE, "", i + 1, bytes);
      keep(content);
      assertEquals(
          Optional.of(bytes),
          store.read(tx -> find(tx, content.id()).map(fact -> fact.content().bytes())));
    }
  }

  @Test
  void aFactIsKeptOnce() {
    keep(entry(ALICE, 1));
    assertThrows(StoreException.class, () -> keep(entry(ALICE, 1)));
    assertEquals(1, store.read(tx -> facts.after(tx, 0, 10)).size());
  }

  @Test
  void onePlaceInALogHoldsOneFact() {
    keep(entry(ALICE, 1));
    NewFact fork =
        new NewFact(
            new Ref(NETWORK, "%other"),
            ALICE,
            new LogPosition("", 1, Optional.empty()),
            NOON,
            Evidence.SELF_SIGNED,
            Bytes.EMPTY);
    assertThrows(StoreException.class, () -> keep(fork));
  }

  @Test
  void factsComeInOrderOfCommitAfterAPosition() {
    assertEquals(0L, store.read(facts::lastSeq));
    Fact first = keep(entry(ALICE, 1));
    Fact second = keep(entry(BOB, 1));
    Fact third = keep(entry(ALICE, 2));
    assertEquals(List.of(first, second), store.read(tx -> facts.after(tx, 0, 2)));
    assertEquals(List.of(second, third), store.read(tx -> facts.after(tx, first.localSeq(), 9)));
    assertEquals(List.of(), store.read(tx -> facts.after(tx, third.localSeq(), 9)));
    assertEquals(List.of(), store.read(tx -> facts.after(tx, 0, -1)));
    assertEquals(third.localSeq(), store.read(facts::lastSeq));
  }

  @Test
  void whatIsKeptIsKnownAndWhatIsOnlyNamedIsNot() {
    keep(entry(ALICE, 2));
    boolean kept = store.read(tx -> facts.has(tx, id(ALICE, "", 2)));
    assertTrue(kept);
    boolean named = store.read(tx -> facts.has(tx, id(ALICE, "", 1)));
    assertFalse(named);
    assertEquals(Optional.empty(), store.read(tx -> find(tx, id(ALICE, "", 1))));
  }

  @Test
  void aContentKeyIsKeptForEachAccountAndKeepingItAgainChangesNothing() {
    Fact sealed = keep(entry(ALICE, 1));
    Bytes key = Bytes.wrap(new byte[32]);
    Bytes other = Bytes.wrap(new byte[] {1});
    assertEquals(List.of(), store.read(tx -> facts.contentKeys(tx, sealed.localSeq())));
    assertTrue(keepKey(sealed, 3, other));
    assertTrue(keepKey(sealed, 1, key));
    assertTrue(keepKey(sealed, 2, key));
    assertFalse(keepKey(sealed, 1, other));
    assertEquals(List.of(key, other), store.read(tx -> facts.contentKeys(tx, sealed.localSeq())));
  }

  private boolean keepKey(Fact sealed, long account, Bytes key) {
    return store.write(
        Lane.OWN, tx -> facts.keepContentKey(tx, new AccountId(account), sealed.localSeq(), key));
  }

  // Feeds

  @Test
  void aLogGrowsEntryByEntry() {
    assertEquals(Optional.empty(), store.read(tx -> feeds.head(tx, ALICE, "")));
    append(ALICE, 1);
    append(ALICE, 2);
    append(BOB, 1);
    assertEquals(
        Optional.of(new Feeds.Head(2, id(ALICE, "", 2).id(), NOON)),
        store.read(tx -> feeds.head(tx, ALICE, "")));
    reopen();
    assertEquals(List.of(1L, 2L), sequences(store.read(tx -> feeds.range(tx, ALICE, "", 0, 10))));
    assertEquals(List.of(2L), sequences(store.read(tx -> feeds.range(tx, ALICE, "", 1, 10))));
    assertEquals(List.of(1L), sequences(store.read(tx -> feeds.range(tx, ALICE, "", 0, 1))));
    assertEquals(List.of(), store.read(tx -> feeds.range(tx, ALICE, "", 0, -1)));
    assertEquals(List.of(), store.read(tx -> feeds.range(tx, ALICE, "other", 0, 10)));
  }

  @Test
  void anEntryThatDoesNotFollowIsNotAppended() {
    assertThrows(StoreException.class, () -> append(ALICE, 2));
    append(ALICE, 1);
    assertThrows(StoreException.class, () -> append(ALICE, 3));
    NewFact otherPast =
        new NewFact(
            id(ALICE, "", 2),
            ALICE,
            new LogPosition("", 2, Optional.of("%somebody-else")),
            NOON,
            Evidence.SELF_SIGNED,
            Bytes.EMPTY);
    assertThrows(
        StoreException.class,
        () ->
            store.write(
                Lane.LIVE,
                tx -> {
                  feeds.append(tx, facts.keep(tx, otherPast, NEWS, "wire:bob"));
                  return true;
                }));
    assertEquals(List.of(1L), sequences(store.read(tx -> feeds.range(tx, ALICE, "", 0, 10))));
  }

  @Test
  void whatLiesBeyondTheVerifiedPrefixIsNotServed() {
    append(ALICE, 1);
    keep(entry(ALICE, 3));
    keep(entry(BOB, 5));
    assertEquals(List.of(1L), sequences(store.read(tx -> feeds.range(tx, ALICE, "", 0, 10))));
    assertEquals(List.of(), store.read(tx -> feeds.range(tx, BOB, "", 0, 10)));
  }

  @Test
  void aCheckpointIsSetOnceAndDoesNotPretendAnEntry() {
    assertEquals(Optional.empty(), store.read(tx -> feeds.checkpoint(tx, ALICE, "")));
    for (long sequence : List.of(40L, 50L)) {
      store.write(
          Lane.LIVE,
          tx -> {
            feeds.checkpoint(tx, ALICE, "", sequence);
            return true;
          });
    }
    assertEquals(Optional.of(40L), store.read(tx -> feeds.checkpoint(tx, ALICE, "")));
    assertEquals(Optional.empty(), store.read(tx -> feeds.head(tx, ALICE, "")));
    append(ALICE, 1);
    assertEquals(Optional.of(40L), store.read(tx -> feeds.checkpoint(tx, ALICE, "")));
    assertEquals(Optional.empty(), store.read(tx -> feeds.checkpoint(tx, ALICE, "other")));
  }

  // Aliases

  @Test
  void aNameHasOneNumberForEver() {
    long alice = store.write(Lane.OWN, tx -> aliases.number(tx, ALICE));
    long bob = store.write(Lane.OWN, tx -> aliases.number(tx, BOB));
    assertNotEquals(alice, bob);
    reopen();
    assertEquals(alice, store.write(Lane.OWN, tx -> aliases.number(tx, ALICE)).longValue());
    assertEquals(Optional.of(bob), store.read(tx -> aliases.find(tx, BOB)));
    assertEquals(ALICE, store.read(tx -> aliases.name(tx, alice)));
  }

  @Test
  void theSameWordsOnAnotherNetworkAreAnotherName() {
    Ref elsewhere = new Ref(new NetworkId("other"), ALICE.id());
    long here = store.write(Lane.OWN, tx -> aliases.number(tx, ALICE));
    long there = store.write(Lane.OWN, tx -> aliases.number(tx, elsewhere));
    assertNotEquals(here, there);
  }

  @Test
  void aNameThatWasNeverSeenHasNoNumberAndNoNumberHasNoName() {
    assertEquals(Optional.empty(), store.read(tx -> aliases.find(tx, ALICE)));
    assertThrows(StoreException.class, () -> store.read((Tx tx) -> aliases.name(tx, 404)));
  }
}
