package org.skep.app;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.skep.engine.Actions;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.SignCap;

/**
 * What an operator can choose. Each setting is looked for in the flags, then in the environment
 * ({@code ssb.network_key} is {@code SKEP_SSB_NETWORK_KEY}), then in {@code skep.properties} in the
 * data folder, then here.
 *
 * @param state where programs keep what belongs to this computer alone ({@code SKEP_STATE_DIR},
 *     else the platform's place); empty where there is none
 * @param httpPort the page's; visitors' is one more, foreign content's two more; 0 = any free ones
 * @param blobsBudgetMib how many MiB of pictures and files are kept; what accounts keep for good is
 *     kept beyond that
 * @param ssbPort 0 = any free one
 * @param ssbNetworkKey 32 bytes; only programs with the same key can talk to each other
 * @param ssbHoldBackSeconds how long what is written waits before others get it, for accounts that
 *     chose nothing themselves; 0 = not at all
 * @param ssbSignCap the network's extra signing key, none on the main network
 */
public record Config(
    Path data,
    Optional<Path> state,
    int httpPort,
    int blobsBudgetMib,
    int ssbPort,
    Bytes ssbNetworkKey,
    int ssbHoldBackSeconds,
    SignCap ssbSignCap) {

  /** The Scuttlebutt main network's key, from the protocol guide, section "Handshake". */
  static final Bytes SSB_MAIN_NETWORK =
      Bytes.ofHex("d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb");

  static final int HTTP_PORT = 7537;
  static final int SSB_PORT = 8008;
  static final int BLOBS_BUDGET_MIB = 2_048;

  /** A tebibyte. */
  static final int BLOBS_BUDGET_MIB_MAX = 1 << 20;

  /** Names of settings that may stand in the file. */
  private static final List<String> NAMES =
      List.of(
          "http.port",
          "blobs.budget_mib",
          "ssb.port",
          "ssb.network_key",
          "ssb.hold_back_seconds",
          "ssb.hmac_sign_key");

  /** What is wrong with the settings: every error at once, a line each. */
  public static final class Mistakes extends Exception {
    private static final long serialVersionUID = 1L;

    Mistakes(List<String> lines) {
      super(String.join("\n", lines));
    }
  }

  /**
   * Reads the settings.
   *
   * @param flags settings given on the command line, by name
   * @param environment the process's environment
   * @throws Mistakes listing all of them
   */
  public static Config read(Path data, Map<String, String> flags, Map<String, String> environment)
      throws Mistakes {
    return new Reading(data, flags, environment).config();
  }

  private static final class Reading {
    private final Path data;
    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Properties file = new Properties();
    private final List<String> mistakes = new ArrayList<>();

    Reading(Path data, Map<String, String> flags, Map<String, String> environment) {
      this.data = data;
      this.flags = flags;
      this.environment = environment;
    }

    Config config() throws Mistakes {
      Path properties = data.resolve("skep.properties");
      if (Files.exists(properties)) {
        try (Reader in = Files.newBufferedReader(properties)) {
          file.load(in);
        } catch (IOException | IllegalArgumentException e) {
          mistakes.add(properties + " can't be read: " + e.getMessage());
        }
      }
      for (String name : file.stringPropertyNames()) {
        if (!NAMES.contains(name)) {
          mistakes.add(properties + " has a setting that is not known: " + name);
        }
      }
      int httpPort = number("http.port", HTTP_PORT, 65_533);
      int budgetMib = number("blobs.budget_mib", BLOBS_BUDGET_MIB, BLOBS_BUDGET_MIB_MAX);
      int ssbPort = number("ssb.port", SSB_PORT, 65_535);
      Bytes networkKey = key("ssb.network_key").orElse(SSB_MAIN_NETWORK);
      int holdBackSeconds = number("ssb.hold_back_seconds", 0, Actions.HOLD_BACK_SECONDS_MAX);
      SignCap signCap = key("ssb.hmac_sign_key").map(SignCap::of).orElse(SignCap.NONE);
      if (!mistakes.isEmpty()) {
        throw new Mistakes(mistakes);
      }
      return new Config(
          data,
          stateFolder(environment),
          httpPort,
          budgetMib,
          ssbPort,
          networkKey,
          holdBackSeconds,
          signCap);
    }

    private Optional<String> find(String name) {
      String variable = "SKEP_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
      return Optional.ofNullable(flags.get(name))
          .or(() -> Optional.ofNullable(environment.get(variable)))
          .or(() -> Optional.ofNullable(file.getProperty(name)))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private int number(String name, int otherwise, int max) {
      Optional<String> value = find(name);
      if (value.isEmpty()) {
        return otherwise;
      }
      if (value.get().matches("[0-9]{1,7}") && Integer.parseInt(value.get()) <= max) {
        return Integer.parseInt(value.get());
      }
      mistakes.add(name + " is a number from 0 to " + max + ", not " + value.get());
      return otherwise;
    }

    private Optional<Bytes> key(String name) {
      Optional<String> value = find(name);
      try {
        Optional<Bytes> key = value.map(Bytes::ofBase64);
        if (key.filter(bytes -> bytes.length() != 32).isPresent()) {
          mistakes.add(name + " is the base64 of 32 bytes, not of " + key.get().length());
          return Optional.empty();
        }
        return key;
      } catch (IllegalArgumentException e) {
        mistakes.add(name + " is the base64 of 32 bytes");
        return Optional.empty();
      }
    }
  }

  /** Where a person's data lies when nobody said otherwise. */
  public static Path defaultData(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".skep");
  }

  /**
   * {@code $XDG_STATE_HOME/skep} as the XDG base directory specification 0.8 has it, and what macOS
   * and Windows have for the same. Beside the data it would be copied along with it.
   */
  static Optional<Path> stateFolder(Map<String, String> environment) {
    return absolute(environment, "SKEP_STATE_DIR")
        .or(() -> absolute(environment, "XDG_STATE_HOME").map(state -> state.resolve("skep")))
        .or(() -> absolute(environment, "LOCALAPPDATA").map(local -> local.resolve("Skep")))
        .or(() -> absolute(environment, "HOME").map(Config::stateAtHome));
  }

  /** What is not absolute is passed over, as the specification wants it. */
  private static Optional<Path> absolute(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  private static Path stateAtHome(Path home) {
    Path library = home.resolve("Library");
    return System.getProperty("os.name", "").startsWith("Mac")
        ? library.resolve("Application Support").resolve("Skep")
        : home.resolve(".local").resolve("state").resolve("skep");
  }

  /** The text of a secret file that somebody brings along. */
  public static String readSecret(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
  }
}
