package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.store.DataFolder;

/** The owner's token goes to her own node, and to nobody who got hold of its port. */
final class NodeClientTest {
  @TempDir Path data;

  /** Whatever came to the impostor: path and credentials of each request. */
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private HttpServer impostor;

  @BeforeEach
  void takeThePort() throws IOException {
    impostor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    impostor.createContext(
        "/",
        exchange -> {
          heard.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    impostor.start();
    // What a node that was killed left behind.
    Files.writeString(data.resolve("tokens.txt"), "secret-token\tAna\n");
    Files.writeString(
        data.resolve("running.txt"),
        impostor.getAddress().getPort() + "\n" + "0".repeat(64) + "\n");
    Files.writeString(data.resolve("skep.properties"), "ssb.port=0\nhttp.port=0\n");
  }

  @AfterEach
  void leaveThePort() {
    impostor.stop(0);
  }

  private int run(String... words) {
    return SkepCommand.run(words);
  }

  @Test
  void afterAKillNobodyIsAskedAndTheOldFileIsClearedAway() {
    assertEquals(Failure.NO_NODE, run("status", "--data", data.toString()));
    assertEquals(List.of(), heard);
    assertFalse(Files.exists(data.resolve("running.txt")));
  }

  @Test
  void whoeverCanNotProveToBeTheNodeIsShownNoToken() {
    try (DataFolder held = DataFolder.open(data, "a node that is only starting")) {
      assertEquals(Failure.NO_NODE, run("status", "--data", data.toString()));
      assertEquals(1, heard.size(), heard::toString);
      assertTrue(heard.getFirst().matches("/api/skep/v1/proof/[0-9a-f]{64} null"), heard::toString);
      assertTrue(Files.exists(held.path().resolve("running.txt")));
    }
  }

  @Test
  void afterAKillANodeStartsThoughItsPortIsAnothersNow() throws Exception {
    Thread up =
        Thread.ofVirtual()
            .start(() ->
                run(
                    "up",
                    "--data",
                    data.toString(),
                    "--name",
                    "Ana",
                    "--port",
                    "0",
                    "--no-browser"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isAnnounced() && up.isAlive() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, run("status", "--data", data.toString()));
    assertEquals(0, run("stop", "--data", data.toString()));
    up.join();
    assertEquals(List.of(), heard);
  }

  private boolean isAnnounced() throws IOException {
    Path file = data.resolve("running.txt");
    try {
      String old = impostor.getAddress().getPort() + "\n";
      String tokens = Files.readString(data.resolve("tokens.txt"));
      return !Files.readString(file).startsWith(old)
          && tokens.contains("Ana")
          && !tokens.contains("secret-token");
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }

  @Test
  void aRevokedTokenIsReplacedForTheCommandLine() throws Exception {
    try (Node node =
        Node.start(Config.read(data, Map.of("http.port", "0", "ssb.port", "0"), Map.of()))) {
      node.addPerson("Ana", Optional.empty());
      String before = Files.readString(data.resolve("tokens.txt"));
      assertEquals(0, run("token", "--data", data.toString()));
      assertEquals(0, run("token", "--revoke", "--data", data.toString()));
      assertFalse(before.equals(Files.readString(data.resolve("tokens.txt"))));
      assertEquals(0, run("status", "--data", data.toString()));
    }
  }
}
