package org.skep.kernel.http;

/** The request methods a route can answer (RFC 9110 §9.3, PATCH of RFC 5789). */
public enum HttpMethod {
  /** Reads; the door answers HEAD from the same route. */
  GET,
  /** Asks what GET would say, without its body; must change nothing. No route is for it alone. */
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** Whether a request of this method may change something, so that its origin must be proven. */
  public boolean changesState() {
    return this != GET && this != HEAD;
  }
}
