package org.skep.kernel;

/**
 * One of the people who live on this node. Given once, never used again for somebody else.
 *
 * @param value 1 or more, in order of arrival
 */
public record AccountId(long value) {
  public AccountId {
    if (value < 1) {
      throw new IllegalArgumentException("an account number starts at 1, not " + value);
    }
  }
}
