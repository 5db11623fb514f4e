package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.skep.kernel.Bytes;

/** What the real npm packages said for fixed seeds; see {@code record.js} beside the data. */
public final class Recorded {
  private static final Properties VALUES = load();

  private Recorded() {}

  public static Bytes bytes(String name) {
    return Bytes.ofHex(text(name));
  }

  public static String text(String name) {
    return Objects.requireNonNull(VALUES.getProperty(name), name);
  }

  private static Properties load() {
    Properties values = new Properties();
    try (InputStream in = Recorded.class.getResourceAsStream("recorded.properties")) {
      values.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
