package org.skep.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.skep.kernel.Examination;

/**
 * Whether friends' programs are answered where a running node says that it listens.
 *
 * @param name the network's, for people
 * @param port 0 when it does not listen
 */
public record ListenerExamination(String name, int port) implements Examination {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public List<Finding> look() {
    if (port == 0) {
      return List.of(
          new Finding.Wrong(
              ("Skep runs and does not listen for %s. Stop it and start it"
                      + " again: ./skep stop, ./skep up")
                  .formatted(name)));
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          Math.toIntExact(PATIENCE.toMillis()));
      return List.of();
    } catch (IOException e) {
      return List.of(
          new Finding.Wrong(
              ("Skep says that it listens for %s at port %d, and nobody answers"
                      + " there. Stop it and start it again: ./skep stop, ./skep up")
                  .formatted(name, port)));
    }
  }
}
