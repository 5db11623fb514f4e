package org.skep.kernel;

/**
 * Our own number for a person: the alias number under which the first of her faces was seen.
 *
 * @param value 1 or more
 */
public record PersonId(long value) implements Comparable<PersonId> {
  @Override
  public int compareTo(PersonId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
