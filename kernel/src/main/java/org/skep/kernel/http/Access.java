package org.skep.kernel.http;

/** Who may use a route. */
public enum Access {
  /** Anybody who can reach the door. */
  OPEN,
  /** Only a caller the {@link Authenticator} knows. */
  SIGNED_IN
}
