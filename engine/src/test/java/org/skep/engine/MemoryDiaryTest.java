package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Diary.Happening;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;

class MemoryDiaryTest {
  private static final AccountId ANA = new AccountId(1);
  private static final AccountId BEN = new AccountId(2);

  private final TestClock clock = new TestClock();
  private final MemoryDiary diary = new MemoryDiary(clock);
  private final Ref eve = name("eve");

  private static Ref name(String id) {
    return new Ref(new NetworkId("town"), id);
  }

  private void happened(Ref author, String peer, Happening what) {
    diary.happened(ANA, author, name(peer), what);
  }

  private MemoryDiary.Page page() {
    return diary.pages(ANA, eve).getFirst();
  }

  @Test
  void aPageSaysWhatWasAskedSaidAndBrought() {
    long now = clock.wallMillis();
    happened(eve, "cid", new Happening.Has(9));
    happened(eve, "cid", new Happening.Asked(4));
    happened(eve, "cid", new Happening.Came(2, 6));
    happened(eve, "cid", new Happening.Came(1, 7));
    assertEquals(Optional.of(new MemoryDiary.Mark(9, now)), page().has());
    assertEquals(Optional.of(new MemoryDiary.Mark(4, now)), page().asked());
    assertEquals(Optional.of(new MemoryDiary.Mark(7, now)), page().came());
    assertEquals(3, page().entries());
    assertFalse(page().spared());
    happened(eve, "cid", new Happening.Spared());
    assertTrue(page().spared());
    happened(eve, "cid", new Happening.Declined());
    assertTrue(page().declined());
    assertEquals(Optional.empty(), page().has());
  }

  @Test
  void troubleStaysUntilSomethingComesAndIsCut() {
    happened(eve, "cid", new Happening.Failed("😀".repeat(400)));
    String reason = page().trouble().orElseThrow().reason();
    assertEquals("😀".repeat(MemoryDiary.REASON_CHARS_MAX) + "…", reason);
    happened(eve, "cid", new Happening.Came(1, 1));
    assertEquals(Optional.empty(), page().trouble());
  }

  @Test
  void whatIsAskedForOneAccountSaysNothingToAnother() {
    happened(eve, "cid", new Happening.Asked(0));
    assertEquals(List.of(), diary.pages(BEN, eve));
  }

  @Test
  void strangersDoNotPushOutWhoBroughtSomething() {
    happened(eve, "cid", new Happening.Came(1, 1));
    for (int i = 0; i < 3 * MemoryDiary.PEERS_PER_AUTHOR_MAX; i++) {
      happened(eve, "stranger" + i, new Happening.Has(i));
    }
    List<Ref> peers = diary.pages(ANA, eve).stream().map(MemoryDiary.Page::peer).toList();
    assertEquals(MemoryDiary.PEERS_PER_AUTHOR_MAX, peers.size());
    assertTrue(peers.contains(name("cid")));
    assertEquals(name("stranger23"), peers.getFirst());
  }

  @Test
  void theAuthorsLongestNotSpokenOfAreForgottenFirst() {
    for (int i = 0; i < MemoryDiary.PAGES_PER_ACCOUNT_MAX; i++) {
      happened(name("author" + i), "cid", new Happening.Asked(i));
    }
    happened(name("author0"), "cid", new Happening.Asked(1));
    happened(eve, "cid", new Happening.Asked(0));
    assertEquals(1, diary.pages(ANA, eve).size());
    assertEquals(1, diary.pages(ANA, name("author0")).size());
    assertEquals(List.of(), diary.pages(ANA, name("author1")));
    assertEquals(1, diary.pages(ANA, name("author2")).size());
  }
}
