package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemRandomness;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Randomness;
import org.skep.networks.scuttlebutt.handshake.Handshake;
import org.skep.networks.scuttlebutt.handshake.HandshakeException;
import org.skep.networks.scuttlebutt.handshake.Identity;
import org.skep.networks.scuttlebutt.handshake.SessionKeys;
import org.skep.testkit.peers.NpmFolder;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

/**
 * The judge of the handshake: npm's shs1-test 1.1.1, 45 conversations for each role, of which 25
 * misbehave (GPL-3.0, so it is fetched when the test runs and never kept here).
 */
@Tag("scuttlebutt")
class Shs1SuiteTest {
  private static final int CASES = 45;
  private static final int SUITE_MINUTES_MAX = 5;
  private static final int ARGUMENTS_CHARS_MAX = 400;
  private static final int OUTCOME_BYTES = 112;

  private final Randomness randomness = new SystemRandomness();
  private final AtomicInteger conversations = new AtomicInteger();

  @TempDir Path folder;

  /** One role of the handshake, as the suite's arguments describe it. */
  private interface Role {
    SessionKeys shake(InputStream in, OutputStream out, List<Bytes> arguments)
        throws IOException, HandshakeException;
  }

  @Test
  void asClientEveryConversationEndsAsItShould() throws Exception {
    judge("test-client.js", 64 + 112 + OUTCOME_BYTES, this::client);
  }

  @Test
  void asServerEveryConversationEndsAsItShould() throws Exception {
    judge("test-server.js", 64 + 80 + OUTCOME_BYTES, this::server);
  }

  private SessionKeys client(InputStream in, OutputStream out, List<Bytes> arguments)
      throws IOException, HandshakeException {
    PublicKey server = new PublicKey(arguments.get(1));
    Identity own = identity(randomness.bytes(Ed25519.SEED_BYTES));
    return Handshake.client(in, out, arguments.get(0), own, server, fresh()).keys();
  }

  private SessionKeys server(InputStream in, OutputStream out, List<Bytes> arguments)
      throws IOException, HandshakeException {
    // The suite writes a secret key as libsodium does: the seed, then the public key.
    Identity own = identity(arguments.get(1).slice(0, Ed25519.SEED_BYTES));
    return Handshake.server(in, out, arguments.get(0), List.of(own), (_, _) -> true, fresh())
        .keys();
  }

  private Bytes fresh() {
    return randomness.bytes(Handshake.EPHEMERAL_SEED_BYTES);
  }

  private static Identity identity(Bytes seed) {
    return new Identity() {
      @Override
      public PublicKey publicKey() {
        return Ed25519.publicKey(seed);
      }

      @Override
      public Bytes sign(Bytes message) {
        return Ed25519.sign(seed, message);
      }

      @Override
      public Optional<Bytes> agree(Bytes theirX25519) {
        return X25519.agree(Ed25519.x25519Secret(seed), theirX25519);
      }
    };
  }

  private void judge(String suite, int conversationBytes, Role role) throws Exception {
    NpmFolder npm = NpmFolder.shs1();
    try (ServerSocket server = new ServerSocket(0, CASES, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptUntilClosed(server, role));
      Path log = folder.resolve("suite.log");
      Path proxy = npm.folder().resolve("proxy.js");
      List<String> command = new ArrayList<>(npm.node("node_modules/shs1-test/" + suite));
      command.addAll(List.of(proxy.toString(), "a seed that stays the same"));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("SKEP_SHS1_PORT", Integer.toString(server.getLocalPort()));
      builder.environment().put("SKEP_SHS1_BYTES", Integer.toString(conversationBytes));
      Process process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(SUITE_MINUTES_MAX, TimeUnit.MINUTES);
      process.destroyForcibly();
      String words = Files.readString(log);
      assertEquals(true, ended, words);
      assertEquals(0, process.exitValue(), words);
      assertEquals(CASES, conversations.get(), "the suite held all its conversations with us");
    }
  }

  private void acceptUntilClosed(ServerSocket server, Role role) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> converse(socket, role));
      } catch (IOException e) {
        // Closed: the suite is over. Anything else shows as a conversation that is missing.
        return;
      }
    }
  }

  /** Closing without the outcome is how a refusal looks to the proxy. */
  private void converse(Socket socket, Role role) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      List<Bytes> arguments = arguments(in);
      conversations.incrementAndGet();
      SessionKeys keys = role.shake(in, socket.getOutputStream(), arguments);
      Bytes outcome =
          Bytes.concat(keys.sendKey(), keys.sendNonce(), keys.receiveKey(), keys.receiveNonce());
      socket.getOutputStream().write(outcome.toArray());
      socket.shutdownOutput();
      // The suite ends its end when it has judged.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | HandshakeException e) {
      // What the suite expects of a bad conversation; in a good one it reports the silence.
    }
  }

  private static List<Bytes> arguments(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.length() < ARGUMENTS_CHARS_MAX) {
      line.append((char) next);
      next = in.read();
    }
    List<Bytes> arguments = new ArrayList<>();
    for (String hex : line.toString().split(" ", -1)) {
      arguments.add(Bytes.ofHex(hex));
    }
    return arguments;
  }
}
