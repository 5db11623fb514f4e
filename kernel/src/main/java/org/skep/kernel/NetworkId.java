package org.skep.kernel;

/**
 * The short name of a network, as it stands in tables and settings.
 *
 * @param name 1 to 16 lower-case letters
 */
public record NetworkId(String name) {
  /** Skep's own log: every own act is first an operation there. */
  public static final NetworkId HOME = new NetworkId("home");

  private static final int NAME_CHARS_MAX = 16;

  public NetworkId {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a network name: " + name);
    }
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 'a' || name.charAt(i) > 'z') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= NAME_CHARS_MAX;
  }

  @Override
  public String toString() {
    return name;
  }
}
