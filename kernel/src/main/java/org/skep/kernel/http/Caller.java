package org.skep.kernel.http;

import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;

/**
 * The person on whose behalf a request is made.
 *
 * @param account whose eyes and hands the request has
 * @param how what proved it
 * @param proof the SHA-256 of what was shown, by which it can be withdrawn; not secret
 */
public record Caller(AccountId account, How how, Bytes proof) {
  /** What a caller showed. */
  public enum How {
    /** The cookie of a browser that opened a one-time link. */
    SESSION,
    /** A bearer token, as scripts and the command line use it. */
    TOKEN
  }
}
