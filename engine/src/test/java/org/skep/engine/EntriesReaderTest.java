package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.FollowState;
import org.skep.kernel.Ref;

/** What an account may carry away is what it wants, as it came. */
class EntriesReaderTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private AccountId zoe;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor cid = new TestAuthor(TestNode.TOWN, "cid");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    zoe = node.account("Zoe");
    node.follow(ana, ben);
    node.follow(zoe, cid);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<Ref> authors(AccountId account) {
    return node.engine.entries().logs(account, TestNode.TOWN).stream()
        .map(EntriesReader.Log::author)
        .toList();
  }

  private List<Bytes> all(AccountId account, Ref author) {
    List<Bytes> all = new ArrayList<>();
    List<EntriesReader.Entry> next = node.engine.entries().after(account, author, 0);
    while (!next.isEmpty()) {
      next.forEach(entry -> all.add(entry.bytes()));
      next = node.engine.entries().after(account, author, next.getLast().sequence());
    }
    return all;
  }

  @Test
  void eachAccountGetsItsOwnLogAndThoseItWants() {
    node.takes(ben.posts("one"), ben.posts("two"), cid.posts("eins"));
    Ref self = node.identity(ana, node.town);
    assertEquals(List.of(self, ben.name()), authors(ana));
    assertEquals(
        new EntriesReader.Log(ben.name(), 2),
        node.engine.entries().logs(ana, TestNode.TOWN).getLast());
    assertEquals(List.of(), all(ana, cid.name()), "Zoe's friend");
    assertEquals(1, all(zoe, cid.name()).size());
  }

  @Test
  void aLongLogComesInPartsAndIsWhole() {
    List<Bytes> written = new ArrayList<>();
    TestAuthor.Written[] posts = new TestAuthor.Written[2 * EntriesReader.ENTRIES_MAX + 1];
    for (int i = 0; i < posts.length; i++) {
      posts[i] = ben.posts(i % 7 == 0 ? "long ".repeat(8_000) : "short");
      written.add(posts[i].raw().bytes());
    }
    node.takes(posts);
    assertEquals(written, all(ana, ben.name()));
  }

  @Test
  void whoSaysThatSheBlocksTheAccountIsNotCarriedAway() {
    node.takes(ben.posts("one"), ben.relates(node.identity(ana, node.town), FollowState.BLOCKING));
    assertEquals(List.of(node.identity(ana, node.town)), authors(ana));
    assertEquals(List.of(), all(ana, ben.name()));
  }
}
