package org.skep.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import tools.jackson.databind.JsonNode;

/**
 * What a call says, whichever way it says it: in the query, as a form of either kind, or as JSON.
 * Clients of Mastodon use all of them. Members of an object are named as forms name them ({@code
 * home[last_read_id]}), and so are lists ({@code id[]}).
 */
final class Parameters {
  /** All texts of a call together; files are not among them. */
  static final int TEXT_BYTES_MAX = 64 * 1024;

  private static final int NAMES_MAX = 200;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Parameters() {}

  /**
   * @throws HttpProblem 400 or 415 when the body can't be read, 413 when it is too long
   */
  static Parameters of(HttpRequest request) {
    Parameters parameters = ofQuery(request);
    parameters.putParts(request.parts());
    checkLength(request.body().length());
    if (request.body().length() > 0) {
      String type = request.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
      if (type.startsWith("application/json")) {
        parameters.putJson(Json.read(request.body()));
      } else if (type.startsWith("application/x-www-form-urlencoded")) {
        parameters.putForm(request.body().utf8());
      } else {
        throw new HttpProblem(415, "Please send JSON or a form.");
      }
    }
    return parameters;
  }

  /** Those of the query alone, where the body is something else. */
  static Parameters ofQuery(HttpRequest request) {
    Parameters parameters = new Parameters();
    request
        .query()
        .byName()
        .forEach((name, all) -> all.forEach(value -> parameters.put(name, value)));
    return parameters;
  }

  /** The text, without blanks at either end; nothing when it is missing or blank. */
  Optional<String> text(String name) {
    return raw(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** The text as it was sent, perhaps empty. */
  Optional<String> raw(String name) {
    return all(name).stream().findFirst();
  }

  /**
   * @throws HttpProblem 422 when it is missing or blank
   */
  String required(String name) {
    return text(name).orElseThrow(() -> new HttpProblem(422, "Please say “" + name + "”."));
  }

  boolean flag(String name) {
    return raw(name).filter(value -> value.equals("true") || value.equals("1")).isPresent();
  }

  /** All that is said, in one way whichever way it was said, so that two calls can be compared. */
  Bytes everything() {
    return Bytes.ofUtf8(new TreeMap<>(values).toString());
  }

  /** Whether it stands there at all, be it empty. */
  boolean isSaid(String name) {
    return values.containsKey(name) || values.containsKey(name + "[]");
  }

  /** Whether anything is said of an object, {@code name[…]}. */
  boolean anyBelow(String name) {
    return values.keySet().stream().anyMatch(one -> one.startsWith(name + "["));
  }

  List<String> all(String name) {
    List<String> list = values.getOrDefault(name + "[]", List.of());
    return list.isEmpty() ? values.getOrDefault(name, List.of()) : list;
  }

  /**
   * A whole number.
   *
   * @throws HttpProblem 422 when it is not digits
   */
  Optional<Long> number(String name) {
    return text(name).map(Parameters::digits);
  }

  /**
   * A list of whole numbers.
   *
   * @throws HttpProblem 422 when one is not digits
   */
  List<Long> numbers(String name) {
    return all(name).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Parameters::digits)
        .toList();
  }

  /**
   * @throws HttpProblem 422 when it is not digits
   */
  private static long digits(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new HttpProblem(422, "Ids and numbers are digits, at most 18.");
    }
    return Long.parseLong(digits);
  }

  private void put(String name, String value) {
    if (values.size() >= NAMES_MAX) {
      throw new HttpProblem(400, "There are too many parameters.");
    }
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  private static void checkLength(long bytes) {
    if (bytes > TEXT_BYTES_MAX) {
      throw new HttpProblem(413, "This is too long: at most " + TEXT_BYTES_MAX + " bytes.");
    }
  }

  private void putParts(List<HttpPart> parts) {
    List<HttpPart> texts = parts.stream().filter(part -> !part.file()).toList();
    checkLength(texts.stream().mapToLong(part -> part.content().length()).sum());
    texts.forEach(part -> put(part.name(), part.content().utf8()));
  }

  private void putForm(String form) {
    for (String pair : form.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(400, "This form can't be read.", e);
    }
  }

  private void putJson(JsonNode object) {
    if (!object.isObject()) {
      throw new HttpProblem(400, "Please send a JSON object.");
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      putJson(member.getKey(), member.getValue());
    }
  }

  private void putJson(String name, JsonNode value) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        putJson(name + "[" + member.getKey() + "]", member.getValue());
      }
    } else if (value.isArray()) {
      // That a list is empty is said, too.
      values.computeIfAbsent(name + "[]", _ -> new ArrayList<>());
      for (JsonNode element : value) {
        putJson(name + "[]", element);
      }
    } else if (!value.isNull()) {
      put(name, value.asString());
    }
  }
}
