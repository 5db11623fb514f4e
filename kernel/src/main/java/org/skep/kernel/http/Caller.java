package org.skep.kernel.http;

import org.skep.kernel.AccountId;

/**
 * The person on whose behalf a request is made.
 *
 * @param account whose eyes and hands the request has
 * @param how what proved it
 */
public record Caller(AccountId account, How how) {
  /** What a caller showed. */
  public enum How {
    /** The cookie of a browser that opened a one-time link. */
    SESSION,
    /** A bearer token, as scripts and the command line use it. */
    TOKEN
  }
}
