package org.skep.networks.fediverse.signature;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;

/**
 * The field {@code Signature} as most of the Fediverse writes it.
 *
 * <p>Source: draft-cavage-http-signatures-12, sections 2 to 4.
 *
 * @param algorithm in lower case; empty text where it is not said
 * @param created in seconds since 1970, as it is written
 * @param expires in seconds since 1970, as it is written; with parts of one, perhaps
 * @param headers what it covers, in lower case, in this order
 */
record CavageSignature(
    String keyId,
    String algorithm,
    Optional<String> created,
    Optional<String> expires,
    List<String> headers,
    Bytes signature) {
  static final String REQUEST_TARGET = "(request-target)";
  private static final String CREATED = "(created)";
  private static final String EXPIRES = "(expires)";

  private static final int HEADERS_MAX = 32;

  /**
   * Name and value, and the comma behind; nothing is escaped in what programs write. Never goes
   * back, so that it takes no longer than the text is long.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*+(?<name>[A-Za-z0-9_.-]++)\\s*+=\\s*+"
              + "(?:\"(?<text>[^\"\\\\\\p{Cntrl}]*+)\"|(?<token>[^\",\\s]++))\\s*+(?:,|$)");

  CavageSignature {
    headers = List.copyOf(headers);
  }

  /**
   * @throws Refusal when it can't be read
   */
  static CavageSignature parse(String field) throws Refusal {
    Map<String, String> parameters = parameters(field);
    List<String> headers =
        List.of(
            // What the examples of appendix C mean by none; it proves too little in any case.
            parameters
                .getOrDefault("headers", "date")
                .strip()
                .toLowerCase(Locale.ROOT)
                .split(" +"));
    if (headers.size() > HEADERS_MAX || new HashSet<>(headers).size() < headers.size()) {
      throw new Refusal("The signature names too many headers, or one twice.");
    }
    try {
      return new CavageSignature(
          needed(parameters, "keyId"),
          parameters.getOrDefault("algorithm", "").toLowerCase(Locale.ROOT),
          seconds(parameters, "created", "[0-9]{1,12}"),
          seconds(parameters, "expires", "[0-9]{1,12}([.][0-9]{1,9})?"),
          headers,
          Bytes.ofBase64(needed(parameters, "signature")));
    } catch (IllegalArgumentException malformed) {
      throw new Refusal("The signature is not base64.", malformed);
    }
  }

  private static Map<String, String> parameters(String field) throws Refusal {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(field);
    int at = 0;
    while (at < field.length()) {
      if (!matcher.region(at, field.length()).lookingAt()) {
        throw new Refusal("The signature can't be read.");
      }
      String text = matcher.group("text");
      String value = text == null ? matcher.group("token") : text;
      if (parameters.put(matcher.group("name"), value) != null) {
        throw new Refusal("The signature says something twice.");
      }
      at = matcher.end();
    }
    return parameters;
  }

  private static String needed(Map<String, String> parameters, String name) throws Refusal {
    String value = parameters.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new Refusal("The signature does not say its " + name + ".");
    }
    return value;
  }

  private static Optional<String> seconds(
      Map<String, String> parameters, String name, String pattern) throws Refusal {
    Optional<String> value = Optional.ofNullable(parameters.get(name));
    if (value.filter(text -> !text.matches(pattern)).isPresent()) {
      throw new Refusal("The signature's " + name + " is no number of seconds.");
    }
    return value;
  }

  private static long millis(String seconds) {
    return new BigDecimal(seconds).movePointRight(3).longValue();
  }

  /** The same with these bytes. */
  CavageSignature signed(Bytes bytes) {
    return new CavageSignature(keyId, algorithm, created, expires, headers, bytes);
  }

  boolean covers(String header) {
    return headers.contains(header);
  }

  /** The algorithms it may have been made by; none where it names one that is not taken. */
  Set<SignatureAlgorithm> algorithms() {
    return switch (algorithm) {
      case "", "hs2019" -> EnumSet.allOf(SignatureAlgorithm.class);
      case "rsa-sha256" -> EnumSet.of(SignatureAlgorithm.RSA_V1_5_SHA256);
      case "ed25519", "ed25519-sha512" -> EnumSet.of(SignatureAlgorithm.ED25519);
      default -> EnumSet.noneOf(SignatureAlgorithm.class);
    };
  }

  /**
   * When it was made, in milliseconds since 1970.
   *
   * @throws Refusal when it covers no time
   */
  long createdMillis(RequestHead head) throws Refusal {
    if (covers(CREATED) && created.isPresent()) {
      return millis(created.get());
    }
    String date = covers("date") ? head.field("date").orElse("") : "";
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).toEpochMilli();
    } catch (DateTimeException none) {
      throw new Refusal("The signature covers no date.", none);
    }
  }

  /** Until when it is to hold, in milliseconds since 1970; empty where it does not say. */
  Optional<Long> expiresMillis() {
    return covers(EXPIRES) ? expires.map(CavageSignature::millis) : Optional.empty();
  }

  /**
   * What it is made over (section 2.3), first as the draft has it, then, for what is read, as some
   * programs have it, without the query.
   *
   * @throws Refusal when it covers a header that the request has not
   */
  List<Bytes> readings(RequestHead head) throws Refusal {
    List<Bytes> readings = new ArrayList<>(List.of(reading(head, head.path() + head.query())));
    if (head.method().equals("GET") && !head.query().isEmpty()) {
      readings.add(reading(head, head.path()));
    }
    return readings;
  }

  private Bytes reading(RequestHead head, String target) throws Refusal {
    List<String> lines = new ArrayList<>();
    for (String header : headers) {
      String value =
          switch (header) {
            case REQUEST_TARGET -> head.method().toLowerCase(Locale.ROOT) + " " + target;
            case CREATED -> number(created);
            case EXPIRES -> number(expires);
            default ->
                head.field(header)
                    .orElseThrow(
                        () -> new Refusal("The signature covers a header that is not there."));
          };
      lines.add(header + ": " + value);
    }
    return Bytes.ofUtf8(String.join("\n", lines));
  }

  /** Section 2.3: of the older algorithms' signatures these are no part. */
  private String number(Optional<String> seconds) throws Refusal {
    if (Stream.of("rsa", "hmac", "ecdsa").anyMatch(algorithm::startsWith)) {
      throw new Refusal("The signature covers a time that its algorithm does not know.");
    }
    return seconds.orElseThrow(
        () -> new Refusal("The signature covers a time that it does not say."));
  }

  /** A time as the field {@code Date} has it (RFC 9110, section 5.6.7). */
  static String date(long millis) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochMilli(millis));
  }

  /** The field. */
  String text() {
    return "keyId=\"%s\",algorithm=\"%s\",headers=\"%s\",signature=\"%s\""
        .formatted(keyId, algorithm, String.join(" ", headers), signature.base64());
  }
}
