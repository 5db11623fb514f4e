package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerMemory;
import org.skep.kernel.Ref;

/** What networks remember about peers. */
class SqlPeerMemoryTest {
  private static final AccountId ANA = new AccountId(1);
  private static final AccountId BEN = new AccountId(2);

  @TempDir Path folder;
  private TestNode node;
  private PeerMemory memory;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    memory = new SqlPeerMemory(node.store, node.aliases);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static Ref peer(int number) {
    return new Ref(TestNode.TOWN, "@peer " + number);
  }

  @Test
  void theLastWordIsRememberedForEachAccountByItself() {
    assertEquals(Optional.empty(), memory.recall(ANA, peer(1)));
    memory.remember(ANA, peer(1), Bytes.ofUtf8("first"));
    memory.remember(ANA, peer(1), Bytes.ofUtf8("second"));
    memory.remember(BEN, peer(1), Bytes.ofUtf8("Ben's"));
    assertEquals(Optional.of(Bytes.ofUtf8("second")), memory.recall(ANA, peer(1)));
    assertEquals(Optional.of(Bytes.ofUtf8("Ben's")), memory.recall(BEN, peer(1)));
  }

  @Test
  void whoWasMetLongestAgoIsForgottenFirst() {
    memory.remember(BEN, peer(0), Bytes.EMPTY);
    for (int i = 0; i < SqlPeerMemory.PEERS_MAX; i++) {
      memory.remember(ANA, peer(i), Bytes.ofUtf8("met " + i));
    }
    memory.remember(ANA, peer(0), Bytes.ofUtf8("met again"));
    memory.remember(ANA, peer(SqlPeerMemory.PEERS_MAX), Bytes.EMPTY);
    assertEquals(Optional.of(Bytes.ofUtf8("met again")), memory.recall(ANA, peer(0)));
    assertEquals(Optional.empty(), memory.recall(ANA, peer(1)));
    assertEquals(Optional.of(Bytes.ofUtf8("met 2")), memory.recall(ANA, peer(2)));
    assertEquals(Optional.of(Bytes.EMPTY), memory.recall(BEN, peer(0)), "another account's");
  }

  @Test
  void tooMuchIsRefused() {
    Bytes large = Bytes.wrap(new byte[PeerMemory.BYTES_MAX + 1]);
    assertThrows(IllegalArgumentException.class, () -> memory.remember(ANA, peer(1), large));
    assertEquals(Optional.empty(), memory.recall(ANA, peer(1)));
  }
}
