package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.kernel.Bytes;
import tools.jackson.databind.JsonNode;

/** Two whole nodes over real sockets, and what the one says about the other. */
class WhyCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  @TempDir Path folder;

  private Node start(String name) throws Exception {
    Map<String, String> flags =
        Map.of(
            "http.port", "0",
            "ssb.port", "0",
            "ssb.network_key", Bytes.wrap(new byte[32]).base64());
    Node node = Node.start(Config.read(folder.resolve(name), flags, Map.of()));
    if (node.people().isEmpty()) {
      node.addPerson(name, Optional.empty());
    }
    return node;
  }

  private NodeClient client(String name) throws Failure {
    return NodeClient.of(folder.resolve(name), null);
  }

  private static String feed(NodeClient client) throws Failure {
    return client.get("/api/skep/v1/status").path("accounts").path(0).path("ssb").asString();
  }

  private static String idOf(NodeClient client, String feed) throws Failure {
    return client
        .get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(feed))
        .path("id")
        .asString();
  }

  private static List<String> why(NodeClient client, String feed) throws Failure {
    List<String> words = new ArrayList<>();
    JsonNode answer = client.get("/api/skep/v1/people/" + idOf(client, feed) + "/why");
    answer.path("words").forEach(word -> words.add(word.asString()));
    return words;
  }

  private static void eventuallySays(NodeClient client, String feed, Predicate<String> sentence)
      throws Failure {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> words = why(client, feed);
    while (words.stream().noneMatch(sentence)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never said; the last was " + words);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      words = why(client, feed);
    }
  }

  @Test
  void fromStrangersToFriendsWhatIsSaidIsWhatHappened() throws Exception {
    try (Node bens = start("Ben");
        Node anas = start("Ana");
        NodeClient ben = client("Ben");
        NodeClient ana = client("Ana")) {
      assertTrue(bens.appPort() != anas.appPort());
      String feed = feed(ben);
      // Besides her name and what links her identities.
      ben.post("/api/v1/statuses", Map.of("status", "hello", "visibility", "public"));
      assertTrue(why(ana, feed).getFirst().startsWith("You don't follow "));

      ana.post("/api/v1/accounts/" + idOf(ana, feed) + "/follow", Map.of());
      assertTrue(why(ana, feed).contains("Nothing of this log is here yet."));
      assertTrue(why(ana, feed).contains("You are connected to nobody now."));

      String address =
          ben.get("/api/skep/v1/status").path("networks").path(0).path("address").asString();
      ana.post("/api/skep/v1/connect", Map.of("address", address));
      eventuallySays(
          ana,
          feed,
          word ->
              word.startsWith("Ben's computer (connected) was asked for ")
                  && word.contains("; brought 3 entries, the last just now"));
      eventuallySays(ana, feed, word -> word.startsWith("3 entries of this log are here"));
      assertTrue(why(ana, feed).contains("You follow Ben."));
      String data = folder.resolve("Ana").toString();
      assertEquals(0, SkepCommand.run(new String[] {"why", feed, "--data", data}));
      assertEquals(0, SkepCommand.run(new String[] {"why", feed, "--json", "--data", data}));
      assertEquals(1, SkepCommand.run(new String[] {"why", "nobody", "--data", data}));
      assertEquals(2, SkepCommand.run(new String[] {"why", "--data", data}));
      assertEquals(0, SkepCommand.run(new String[] {"follow", feed, "--undo", "--data", data}));
      assertTrue(why(ana, feed).getFirst().startsWith("You don't follow "));
      assertEquals(0, SkepCommand.run(new String[] {"block", feed, "--data", data}));
      assertTrue(why(ana, feed).getFirst().startsWith("You block "), why(ana, feed)::toString);
      assertEquals(0, SkepCommand.run(new String[] {"block", feed, "--undo", "--data", data}));
      assertTrue(why(ana, feed).getFirst().startsWith("You don't follow "));
    }
  }
}
