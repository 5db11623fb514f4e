package org.skep.kernel;

/**
 * The short name of a network, as it stands in tables and settings.
 *
 * @param name 1 to 16 lower-case letters
 */
public record NetworkId(String name) {
  /** Skep's own log: every own act is first an operation there. */
  public static final NetworkId HOME = new NetworkId("home");

  public NetworkId {
    if (!name.matches("[a-z]{1,16}")) {
      throw new IllegalArgumentException("not a network name: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
