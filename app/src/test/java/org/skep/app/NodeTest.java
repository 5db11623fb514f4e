package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Refusal;
import org.skep.kernel.AccountId;
import org.skep.kernel.Lane;
import org.skep.kernel.StoreException;
import org.skep.store.SqliteStore;

class NodeTest {
  @TempDir Path data;

  private Config config() throws Config.Mistakes {
    return Config.read(data, Map.of("http.port", "0", "ssb.port", "0"), Map.of());
  }

  @Test
  void peopleAndViewsAreTheSameAfterARestartAndARebuild() throws Exception {
    List<String> views;
    AccountId ana;
    try (Node node = Node.start(config())) {
      ana = node.addPerson("Ana ✓", Optional.empty());
      views = node.dumpViews();
      assertTrue(views.stream().anyMatch(line -> line.contains("Ana ✓")));
    }
    try (Node node = Node.start(config())) {
      assertEquals(Map.of(ana, "Ana ✓"), node.people());
      assertEquals(views, node.dumpViews());
      node.rebuild();
      assertEquals(views, node.dumpViews());
    }
  }

  @Test
  void viewsOfAnotherVersionAreBuiltBeforeThePageAnswers() throws Exception {
    List<String> views;
    try (Node node = Node.start(config(), (done, total) -> fail("there is nothing to build"))) {
      node.addPerson("Ana", Optional.empty());
      views = node.dumpViews();
    }
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(data, new SystemClock(), tasks)) {
      store.write(
          Lane.OWN,
          tx -> {
            tx.run("ALTER TABLE people_profile_1 RENAME COLUMN value TO words");
            return tx.run("UPDATE projection SET version = 0");
          });
    }
    AtomicInteger told = new AtomicInteger();
    try (Node node = Node.start(config(), (done, total) -> told.incrementAndGet())) {
      assertTrue(told.get() > 0);
      assertEquals(views, node.dumpViews());
    }
  }

  private static String address(Node node, AccountId account) {
    return Objects.requireNonNull(node.status(account).networks().get("ssb")).address();
  }

  @Test
  void everybodyHasAnAddressAndATokenOfHerOwn() throws Exception {
    try (Node node = Node.start(config())) {
      AccountId ana = node.addPerson("Ana", Optional.empty());
      AccountId ben = node.addPerson("Ben", Optional.empty());
      String anas = address(node, ana);
      String bens = address(node, ben);
      assertTrue(anas.startsWith("net:127.0.0.1:"), anas);
      assertFalse(anas.equals(bens));
      assertEquals(List.of("Ana", "Ben"), List.copyOf(NodeFiles.tokens(data).keySet()));
    }
    assertEquals(Optional.empty(), NodeFiles.running(data));
  }

  @Test
  void aSecondNodeOnTheSameFolderIsRefusedInASentence() throws Exception {
    try (Node node = Node.start(config())) {
      StoreException refused =
          assertThrows(StoreException.class, () -> Node.start(config()).close());
      assertTrue(String.valueOf(refused.getMessage()).contains(data.toString()));
      assertTrue(node.appPort() > 0);
    }
  }

  @Test
  void whatIsNoAddressIsRefusedInWords() throws Exception {
    try (Node node = Node.start(config())) {
      AccountId ana = node.addPerson("Ana", Optional.empty());
      assertThrows(Refusal.class, () -> node.connect(ana, "over there"));
    }
  }
}
