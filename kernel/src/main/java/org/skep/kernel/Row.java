package org.skep.kernel;

import java.util.Optional;

/** One row of an answer; columns count from 0. Valid only inside the mapping that receives it. */
public interface Row {
  /** The number; an SQL NULL is refused. */
  long number(int column);

  /** Whether the number is not 0; an SQL NULL is refused. */
  boolean flag(int column);

  /** The text; an SQL NULL is refused. */
  String text(int column);

  /** The bytes; an SQL NULL is refused. */
  Bytes bytes(int column);

  boolean isNull(int column);

  default Optional<String> textIfAny(int column) {
    return isNull(column) ? Optional.empty() : Optional.of(text(column));
  }

  default Optional<Long> numberIfAny(int column) {
    return isNull(column) ? Optional.empty() : Optional.of(number(column));
  }
}
