package org.skep.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.engine.PersonView;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;

/**
 * What people and posts are called towards clients of Mastodon: a readable part that anybody may
 * claim, and a part made from the key that nobody else can have.
 */
final class Names {
  private static final int SLUG_CHARS_MAX = 30;

  /** 80 bits: not forgeable by trying keys. */
  private static final int KEY_BYTES = 10;

  /** Tells a few people of one household apart. */
  private static final int OWN_KEY_CHARS = 6;

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final Pattern SIGIL =
      Pattern.compile("(?<sigil>[@%&])(?<key>[A-Za-z0-9+/]{43}=)\\.[a-z0-9]+");
  private static final Pattern DOMAIN =
      Pattern.compile("(?<label>[a-z2-7]{16})\\.(?<network>[a-z]{1,16})\\.alt");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private Names() {}

  /** The readable part: 1 to 30 of {@code a-z}, digits and underscore. */
  static String username(PersonView person) {
    String ascii =
        Normalizer.normalize(person.name(), Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    String slug = ascii.substring(0, Math.min(ascii.length(), SLUG_CHARS_MAX));
    String trimmed = slug.replaceAll("_+$", "");
    return trimmed.isEmpty() ? "friend" : trimmed;
  }

  /** Bare for people of this node, else with the domain of their key. */
  static String acct(PersonView person) {
    return username(person)
        + (person.own() ? "" : main(person).map(ref -> "@" + domain(ref)).orElse(""));
  }

  /**
   * The name of somebody of this node where another of them has her readable part already: with a
   * piece of her key, which stays the same.
   */
  static String ownAcct(PersonView person) {
    return username(person)
        + main(person).map(ref -> "_" + domain(ref).substring(0, OWN_KEY_CHARS)).orElse("");
  }

  /** The name on another network where there is one, else that in the own log. */
  static Optional<Ref> main(PersonView person) {
    return person.identities().stream()
        .filter(ref -> !ref.network().equals(NetworkId.HOME))
        .findFirst()
        .or(() -> person.identities().stream().findFirst());
  }

  /** A name below {@code .alt} that belongs to one key; nothing looks it up (RFC 9476). */
  static String domain(Ref ref) {
    byte[] key = key(ref).orElseGet(() -> new byte[0]);
    String label = key.length < KEY_BYTES ? "unknown" : base32(key);
    return label + "." + ref.network().name() + ".alt";
  }

  /**
   * How the ids begin that a domain can belong to; the undoing of {@link #domain}.
   *
   * @return beginnings of ids, in both ways of writing a key; none when it is no such domain
   */
  static List<Ref> beginnings(String domain) {
    Matcher matcher = DOMAIN.matcher(domain);
    if (!matcher.matches()) {
      return List.of();
    }
    NetworkId network = new NetworkId(matcher.group("network"));
    byte[] key = unBase32(matcher.group("label"));
    // Ten bytes settle 13 characters of base64, and two bits of the next.
    String base64 = Base64.getEncoder().encodeToString(key).substring(0, 13);
    return List.of(new Ref(network, "@" + base64), new Ref(network, HexFormat.of().formatHex(key)));
  }

  private static byte[] unBase32(String label) {
    byte[] key = new byte[KEY_BYTES];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < label.length(); i++) {
      bits = (bits << 5) | BASE32.indexOf(label.charAt(i));
      held += 5;
      if (held >= 8) {
        held -= 8;
        key[at++] = (byte) (bits >> held);
      }
    }
    return key;
  }

  /** A URI that any program can know it by. */
  static String uri(Ref ref) {
    Matcher sigil = SIGIL.matcher(ref.id());
    if (sigil.matches()) {
      String kind = sigil.group("sigil").equals("@") ? "feed" : "message";
      String key = sigil.group("key").replace('+', '-').replace('/', '_');
      return ref.network().name() + ":" + kind + "/classic/" + key;
    }
    return "urn:skep:" + ref.network().name() + ":" + ref.id();
  }

  private static final Pattern MESSAGE_URI =
      Pattern.compile("ssb:(?://)?message[/:](?:classic|sha256)[/:](?<key>[A-Za-z0-9_-]{43}=)");

  /** The message that a link of Scuttlebutt names, as its network writes it. */
  static Optional<String> message(String link) {
    String bare = withoutQuery(link);
    Matcher sigil = SIGIL.matcher(bare);
    if (sigil.matches()) {
      return Optional.of(bare).filter(id -> sigil.group("sigil").equals("%"));
    }
    Matcher uri = MESSAGE_URI.matcher(bare);
    return uri.matches()
        ? Optional.of("%" + uri.group("key").replace('-', '+').replace('_', '/') + ".sha256")
        : Optional.empty();
  }

  /** What stands behind a question mark says how to read what is named, and not what that is. */
  static String withoutQuery(String link) {
    int query = link.indexOf('?');
    return query < 0 ? link : link.substring(0, query);
  }

  private static final int BEGINNING_CHARS = 9;

  /** As much of an id as people can compare. */
  static String beginning(Ref ref) {
    return ref.id().substring(0, Math.min(ref.id().length(), BEGINNING_CHARS)) + "…";
  }

  /** A text as one segment of an address's path (RFC 3986). */
  static String inPath(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The blob that a link of Scuttlebutt names; what stands behind a question mark is passed over.
   */
  static Optional<Hash> blob(String link) {
    Matcher sigil = SIGIL.matcher(withoutQuery(link));
    return sigil.matches() && sigil.group("sigil").equals("&")
        ? Optional.of(new Hash(Bytes.ofBase64(sigil.group("key"))))
        : Optional.empty();
  }

  private static Optional<byte[]> key(Ref ref) {
    Matcher sigil = SIGIL.matcher(ref.id());
    if (sigil.matches()) {
      return Optional.of(Base64.getDecoder().decode(sigil.group("key")));
    }
    return HEX.matcher(ref.id()).matches()
        ? Optional.of(HexFormat.of().parseHex(ref.id()))
        : Optional.empty();
  }

  /** RFC 4648 §6 in lower case, of the first ten bytes: 16 characters without padding. */
  private static String base32(byte[] key) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (int i = 0; i < KEY_BYTES; i++) {
      bits = (bits << 8) | (key[i] & 0xff);
      held += 8;
      while (held >= 5) {
        held -= 5;
        text.append(BASE32.charAt((bits >> held) & 31));
      }
    }
    return text.toString();
  }
}
