package org.skep.kernel;

/**
 * What a network calls a person or a thing: an alias of something the domain knows by a number of
 * its own.
 *
 * @param network whose name it is
 * @param id the network's own text for it, for instance {@code @…ed25519} or {@code %…sha256}; 1 to
 *     512 characters, no half of a surrogate pair among them
 */
public record Ref(NetworkId network, String id) {
  public static final int ID_CHARS_MAX = 512;

  public Ref {
    if (!Texts.isWhole(id)) {
      throw new IllegalArgumentException("a foreign id with half a character");
    }
    if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a foreign id has 1 to 512 characters, not " + id.length());
    }
  }
}
