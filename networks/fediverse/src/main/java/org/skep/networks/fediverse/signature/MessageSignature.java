package org.skep.networks.fediverse.signature;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenbytes.http.sfv.DecimalItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.skep.kernel.Bytes;

/**
 * One entry of the fields {@code Signature-Input} and {@code Signature}.
 *
 * <p>Source: RFC 9421, sections 2 to 4. Of the parameters a component may have, {@code name} of
 * {@code @query-param} is known; what has another is refused.
 *
 * @param label by which the two fields belong together
 * @param covered what it covers, in this order, and the parameters behind
 */
record MessageSignature(String label, InnerList covered, Bytes signature) {
  static final String INPUT_FIELD = "signature-input";
  static final String FIELD = "signature";
  static final String METHOD = "@method";
  static final String TARGET_URI = "@target-uri";
  private static final String QUERY_PARAM = "@query-param";
  private static final int COVERED_MAX = 32;

  /**
   * All entries of a request that have both.
   *
   * @throws Refusal when the fields can't be read
   */
  static List<MessageSignature> all(RequestHead head) throws Refusal {
    Dictionary inputs = dictionary(head, INPUT_FIELD);
    Dictionary signatures = dictionary(head, FIELD);
    List<MessageSignature> all = new ArrayList<>();
    for (Map.Entry<String, ListElement<?>> entry : inputs.get().entrySet()) {
      ListElement<?> signature = signatures.get().get(entry.getKey());
      if (entry.getValue() instanceof InnerList covered && signature != null) {
        Bytes bytes =
            BodyDigest.bytes(signature)
                .orElseThrow(() -> new Refusal("The signature is not a run of bytes."));
        all.add(new MessageSignature(entry.getKey(), checked(covered), bytes));
      }
    }
    return all;
  }

  private static Dictionary dictionary(RequestHead head, String field) throws Refusal {
    try {
      return Parser.parseDictionary(head.field(field).orElse(""));
    } catch (ParseException malformed) {
      throw new Refusal("The signature can't be read.", malformed);
    }
  }

  /** Section 2.5: each component once. */
  private static InnerList checked(InnerList covered) throws Refusal {
    Set<String> seen = new HashSet<>();
    for (Item<?> component : covered.get()) {
      if (!(component instanceof StringItem) || !seen.add(component.serialize())) {
        throw new Refusal("The signature covers something twice, or something that has no name.");
      }
      refuseDecimals(component.getParams());
    }
    refuseDecimals(covered.getParams());
    if (seen.size() > COVERED_MAX) {
      throw new Refusal("The signature covers too much.");
    }
    return covered;
  }

  /** The library writes some of them otherwise than they were; no parameter is to be one. */
  private static void refuseDecimals(Parameters parameters) throws Refusal {
    if (parameters.values().stream().anyMatch(DecimalItem.class::isInstance)) {
      throw new Refusal("The signature has a parameter that is no whole number.");
    }
  }

  /** Whether it covers a component that has no parameters. */
  boolean covers(String component) {
    return covered.get().stream()
        .anyMatch(item -> item.getParams().isEmpty() && item.get().equals(component));
  }

  /** A parameter that is text; empty where there is none, or it is something else. */
  Optional<String> text(String parameter) {
    return covered.getParams().get(parameter) instanceof StringItem item
        ? Optional.of(item.get())
        : Optional.empty();
  }

  /** A parameter that is a whole number; empty where there is none, or it is something else. */
  Optional<Long> number(String parameter) {
    return covered.getParams().get(parameter) instanceof IntegerItem item
        ? Optional.of(item.get())
        : Optional.empty();
  }

  boolean has(String parameter) {
    return covered.getParams().containsKey(parameter);
  }

  /** The algorithms it may have been made by; none where it names one that is not taken. */
  Set<SignatureAlgorithm> algorithms() {
    if (!has("alg")) {
      return EnumSet.allOf(SignatureAlgorithm.class);
    }
    return switch (text("alg").orElse("")) {
      case "rsa-v1_5-sha256" -> EnumSet.of(SignatureAlgorithm.RSA_V1_5_SHA256);
      case "ed25519" -> EnumSet.of(SignatureAlgorithm.ED25519);
      default -> EnumSet.noneOf(SignatureAlgorithm.class);
    };
  }

  /**
   * What it is made over: the signature base (section 2.5).
   *
   * @throws Refusal when it covers something that the request has not, or that is not known
   */
  Bytes base(RequestHead head) throws Refusal {
    StringBuilder base = new StringBuilder();
    for (Item<?> component : covered.get()) {
      base.append(component.serialize()).append(": ").append(value(head, component)).append('\n');
    }
    base.append("\"@signature-params\": ").append(covered.serialize());
    return Bytes.ofUtf8(base.toString());
  }

  private static String value(RequestHead head, Item<?> component) throws Refusal {
    String name = String.valueOf(component.get());
    if (name.equals(QUERY_PARAM)) {
      return queryParameter(head, component.getParams());
    }
    if (!component.getParams().isEmpty()) {
      throw new Refusal("The signature covers a part of something.");
    }
    return switch (name) {
      case METHOD -> head.method();
      case TARGET_URI -> head.target().toString();
      case "@authority" -> head.authority();
      case "@scheme" -> String.valueOf(head.target().getScheme()).toLowerCase(Locale.ROOT);
      case "@request-target" -> head.path() + head.query();
      case "@path" -> head.path();
      case "@query" -> head.query().isEmpty() ? "?" : head.query();
      // What begins so is never taken from the fields (section 7.5.1).
      default ->
          Optional.of(name)
              .filter(field -> !field.startsWith("@"))
              .flatMap(head::field)
              .orElseThrow(() -> new Refusal("The signature covers something that is not there."));
    };
  }

  /** Section 2.2.8: one that stands there once. */
  private static String queryParameter(RequestHead head, Parameters parameters) throws Refusal {
    List<String> values = new ArrayList<>();
    if (parameters.size() == 1 && parameters.get("name") instanceof StringItem name) {
      for (String pair : head.query().replaceFirst("^\\?", "").split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (encodedAgain(parts[0]).equals(name.get())) {
          values.add(parts.length == 2 ? encodedAgain(parts[1]) : "");
        }
      }
    }
    if (values.size() != 1) {
      throw new Refusal("The signature covers a part of the query that does not stand there once.");
    }
    return values.getFirst();
  }

  /** In the one form that the section wants. */
  private static String encodedAgain(String part) throws Refusal {
    try {
      return URLEncoder.encode(
              URLDecoder.decode(part, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
          .replace("+", "%20");
    } catch (IllegalArgumentException malformed) {
      throw new Refusal("The query can't be read.", malformed);
    }
  }

  String inputText() {
    return label + "=" + covered.serialize();
  }

  String text() {
    return label + "=:" + signature.base64() + ":";
  }
}
