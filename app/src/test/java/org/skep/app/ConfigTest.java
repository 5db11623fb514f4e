package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path data;

  @Test
  void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Files.writeString(
        data.resolve("skep.properties"), "http.port=1003\nssb.port=2003\nssb.network_key=\n");
    Config config =
        Config.read(
            data,
            Map.of("http.port", "1001"),
            Map.of("SKEP_HTTP_PORT", "1002", "SKEP_SSB_PORT", "2002"));
    assertEquals(1001, config.httpPort());
    assertEquals(2002, config.ssbPort());
    assertEquals(Config.SSB_MAIN_NETWORK, config.ssbNetworkKey());
    assertEquals(1003, Config.read(data, Map.of(), Map.of()).httpPort());
  }

  @Test
  void nothingSaidIsTheDefault() throws Exception {
    Config config = Config.read(data, Map.of(), Map.of());
    assertEquals(Config.HTTP_PORT, config.httpPort());
    assertEquals(Config.SSB_PORT, config.ssbPort());
  }

  @Test
  void allMistakesAreListedAtOnce() throws Exception {
    Files.writeString(data.resolve("skep.properties"), "http.prot=1\n");
    Config.Mistakes mistakes =
        assertThrows(
            Config.Mistakes.class,
            () ->
                Config.read(
                    data,
                    Map.of("http.port", "many"),
                    Map.of("SKEP_SSB_NETWORK_KEY", "c2hvcnQ=", "SKEP_SSB_HMAC_SIGN_KEY", "%")));
    assertEquals(4, String.valueOf(mistakes.getMessage()).lines().count());
  }
}
