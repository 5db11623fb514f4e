package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Transport;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * Where somebody can be dialled, and who must be there: {@code net:host:port~shs:key}.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "Multiserver address"; npm {@code multiserver-address}
 * 1.0.1.
 *
 * @param place host (IPv6 without brackets) and port
 * @param peer whose key the other end must hold
 */
public record MultiserverAddress(Transport.Address place, FeedId peer) {
  /** Longer texts are not looked at. */
  public static final int TEXT_CHARS_MAX = 2000;

  /**
   * Reads an address; of several joined by {@code ;} the first that goes by TCP and the secret
   * handshake.
   *
   * @throws IllegalArgumentException with a sentence for the person who typed it
   */
  public static MultiserverAddress parse(String typed) {
    String text = typed.strip();
    if (text.length() > TEXT_CHARS_MAX) {
      throw new IllegalArgumentException("This address is too long.");
    }
    for (String one : split(text, ';')) {
      Optional<MultiserverAddress> address = parseOne(one);
      if (address.isPresent()) {
        return address.get();
      }
    }
    throw new IllegalArgumentException(
        "This is not a Scuttlebutt address. One looks like net:192.168.1.7:8008~shs:… with a key"
            + " of 44 characters at its end.");
  }

  private static Optional<MultiserverAddress> parseOne(String one) {
    List<String> layers = split(one, '~');
    if (layers.size() != 2) {
      return Optional.empty();
    }
    List<String> net = split(layers.get(0), ':');
    List<String> shs = split(layers.get(1), ':');
    if (net.size() < 3 || !net.getFirst().equals("net") || !shs.getFirst().equals("shs")) {
      return Optional.empty();
    }
    // An invite's address adds a seed to the key, and means something else.
    if (shs.size() != 2) {
      return Optional.empty();
    }
    String host = unbracketed(String.join(":", net.subList(1, net.size() - 1)));
    return place(host, net.getLast())
        .flatMap(place -> peer(shs.get(1)).map(peer -> new MultiserverAddress(place, peer)));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static Optional<Transport.Address> place(String host, String port) {
    try {
      int number = Integer.parseInt(port);
      return number == 0 || !host.matches("[0-9A-Za-z.:%_-]{1,253}")
          ? Optional.empty()
          : Optional.of(new Transport.Address(host, number));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<FeedId> peer(String key) {
    try {
      Bytes bytes = Bytes.ofBase64(key);
      return bytes.length() == PublicKey.LENGTH_BYTES
          ? Optional.of(new FeedId(new PublicKey(bytes)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Splits at a separator that is not escaped by {@code !}, and takes the escapes away. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '!' && i + 1 < text.length()) {
        i++;
        // The escape stays while outer levels are split, and goes with the innermost.
        part.append(separator == ':' ? "" : "!").append(text.charAt(i));
      } else if (c == separator) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** The text form; a colon within the host is escaped as {@code multiserver-address} does. */
  @Override
  public String toString() {
    return "net:"
        + place.host().replace(":", "!:")
        + ":"
        + place.port()
        + "~shs:"
        + peer.key().bytes().base64();
  }
}
