package org.skep.kernel;

/**
 * Our own number for a post: the {@code localId} of the first fact that brought it. What networks
 * call it are aliases.
 *
 * @param value 18 decimal digits
 */
public record PostId(long value) implements Comparable<PostId> {
  @Override
  public int compareTo(PostId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
