package org.skep.http;

import java.util.Optional;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.Caller;

/** Knows no callers. */
final class Nobody implements Authenticator {
  @Override
  public Optional<Caller> bySession(String cookieValue, String pageKey) {
    return Optional.empty();
  }

  @Override
  public Optional<Caller> byToken(String bearer) {
    return Optional.empty();
  }
}
