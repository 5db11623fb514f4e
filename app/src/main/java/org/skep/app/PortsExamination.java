package org.skep.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.kernel.Examination;

/**
 * Whether the ports that a node would listen on are free, while it does not run.
 *
 * @param config 0 stands for any free port
 */
record PortsExamination(Config config) implements Examination {
  /** The page's, visitors' and foreign content's. */
  private static final int SITES = 3;

  @Override
  public List<Finding> look() {
    Map<Integer, String> settings = new LinkedHashMap<>();
    if (config.httpPort() != 0) {
      for (int i = 0; i < SITES; i++) {
        settings.put(config.httpPort() + i, "http.port");
      }
    }
    if (config.ssbPort() != 0) {
      settings.put(config.ssbPort(), "ssb.port");
    }
    List<Finding> findings = new ArrayList<>();
    settings.forEach((port, setting) -> {
      if (isTaken(port)) {
        findings.add(
            new Finding.Wrong(
                ("Another program, perhaps another Skep, has port %d, which Skep needs. Close it, or"
                        + " write another into %s: %s=%d")
                    .formatted(
                        port, config.data().resolve("skep.properties"), setting, port + 10)));
      }
    });
    return findings;
  }

  /** Why a node did not start: where a port is taken, which one and what to do. */
  static IOException explained(Config config, IOException failure) {
    if (!(failure instanceof BindException) && !(failure.getCause() instanceof BindException)) {
      return failure;
    }
    List<String> words =
        new PortsExamination(config)
            .look().stream()
                .map(finding ->
                    switch (finding) {
                      case Finding.Wrong(String wrong) -> wrong;
                      case Finding.Remark(String remark) -> remark;
                    })
                .toList();
    return words.isEmpty() ? failure : new IOException(String.join("\n", words), failure);
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the node does it: what a connection of just now left behind is no hindrance.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
