package org.skep.engine;

import java.util.Collection;
import java.util.stream.Collectors;

/** Many alias numbers as one argument of a statement, which reads them by {@code json_each}. */
final class Numbers {
  private Numbers() {}

  static String json(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
