package org.skep.app;

import java.io.IOException;
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
                ("Another program has port %d, which Skep needs. Close it, or"
                        + " choose another %s in skep.properties.")
                    .formatted(port, setting)));
      }
    });
    return findings;
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
