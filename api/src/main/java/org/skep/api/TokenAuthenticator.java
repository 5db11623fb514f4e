package org.skep.api;

import java.util.Optional;
import org.skep.engine.Tokens;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.Caller;

/** Tells the door who is calling, by the tokens the engine keeps. */
final class TokenAuthenticator implements Authenticator {
  private static final int SECRET_CHARS_MAX = 256;

  private final Tokens tokens;

  TokenAuthenticator(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Optional<Caller> bySession(String cookieValue, String pageKey) {
    return caller(
        Tokens.Kind.SESSION, new Tokens.Session(cookieValue, pageKey).secret(), Caller.How.SESSION);
  }

  @Override
  public Optional<Caller> byToken(String bearer) {
    return caller(Tokens.Kind.ACCESS, bearer, Caller.How.TOKEN);
  }

  private Optional<Caller> caller(Tokens.Kind kind, String secret, Caller.How how) {
    return secret.length() > SECRET_CHARS_MAX
        ? Optional.empty()
        : tokens.owner(kind, secret).map(account -> new Caller(account, how, Tokens.proof(secret)));
  }
}
