package org.skep.fuzz;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.skep.app.Config;
import org.skep.kernel.Bytes;

/** Settings, as a file of properties would say them: understood, or named among the mistakes. */
final class ConfigTarget implements Target {
  private static final Path NOWHERE = Path.of("nowhere");

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
            "http.port=7537\nblobs.budget_mib = 2048\nssb.port: 0",
            "ssb.network_key=" + "A".repeat(43) + "=\nssb.hmac_sign_key " + "A".repeat(43) + "=",
            "http.port=\\u0661\nssb.port=-1\nblobs.budget_mib=9999999\nssb.network_key=AAAA")
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public int lengthBytesMax() {
    return 512;
  }

  @Override
  public void read(Bytes input) {
    Map<String, String> settings = new HashMap<>();
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(input.utf8()));
    } catch (IllegalArgumentException broken) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    try {
      Config config = Config.read(NOWHERE, settings, Map.of());
      Must.hold(config.httpPort() >= 0 && config.httpPort() + 2 <= 65_535, "three ports are ports");
      Must.hold(config.ssbPort() >= 0 && config.ssbPort() <= 65_535, "a port is a port");
      Must.hold(config.blobsBudgetMib() >= 0, "a budget is a budget");
      Must.equal(32, config.ssbNetworkKey().length(), "a key has 32 bytes");
    } catch (Config.Mistakes mistakes) {
      Must.hold(!String.valueOf(mistakes.getMessage()).isEmpty(), "a mistake is named");
    }
  }
}
