package org.skep.kernel.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names with one or more values each, in order of first appearance, as in header fields and
 * queries. Immutable.
 *
 * @param byName at least one value for each name
 */
public record HttpValues(Map<String, List<String>> byName) {
  /** No names at all. */
  public static final HttpValues NONE = new HttpValues(Map.of());

  public HttpValues {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    byName.forEach((name, values) -> {
      if (!values.isEmpty()) {
        copy.put(name, List.copyOf(values));
      }
    });
    byName = Collections.unmodifiableMap(copy);
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of that name, in order; empty when there is none. */
  public List<String> all(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
