package org.skep.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Lane;
import org.skep.kernel.Randomness;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.wire.crypto.Digests;

/**
 * Secrets that stand for an account: sessions of the page, access tokens of scripts, one-time
 * links. Only their SHA-256 is kept; looking one up by its hash takes the same time for near
 * misses.
 */
public final class Tokens {
  /** What a secret is good for. */
  public enum Kind {
    /** The page, for as long as nobody signs out. */
    SESSION,
    /** A script or another program. */
    ACCESS,
    /** Good once, for ten minutes. */
    LINK
  }

  static final Duration LINK_LIFE = Duration.ofMinutes(10);

  /** What waits for one account to be used at most; older links are dropped. */
  private static final int LINKS_MAX = 32;

  /** What one account has open at most in browsers; the oldest is closed for another. */
  static final int SESSIONS_MAX = 64;

  private static final int SECRET_BYTES = 32;

  private final Store store;
  private final Randomness randomness;
  private final Clock clock;

  public Tokens(Store store, Randomness randomness, Clock clock) {
    this.store = store;
    this.randomness = randomness;
    this.clock = clock;
  }

  /**
   * Makes a secret.
   *
   * @param name what it is for, in words
   * @return 43 characters that are safe in an address; shown once and never kept
   */
  public String create(AccountId account, Kind kind, String name) {
    return store.write(Lane.OWN, tx -> create(tx, account, kind, name));
  }

  private String create(Tx tx, AccountId account, Kind kind, String name) {
    String secret = randomness.bytes(SECRET_BYTES).base64Url();
    keep(tx, account, kind, name, secret);
    return secret;
  }

  private void keep(Tx tx, AccountId account, Kind kind, String name, String secret) {
    long now = clock.wallMillis();
    tx.run(
        "INSERT INTO token (hash, account, kind, name, created_ms) VALUES (?, ?, ?, ?, ?)",
        hash(secret),
        account.value(),
        kind.name(),
        name,
        now);
    switch (kind) {
      case LINK -> keepNewest(tx, account, kind, hash(secret), now, LINKS_MAX);
      case SESSION -> keepNewest(tx, account, kind, hash(secret), now, SESSIONS_MAX);
      case ACCESS -> {}
    }
  }

  /**
   * Of two made in one millisecond the one just made stays; and what a clock gone wrong dated into
   * the future goes before all others.
   */
  private static void keepNewest(
      Tx tx, AccountId account, Kind kind, Bytes made, long nowMillis, int max) {
    tx.run(
        "DELETE FROM token WHERE kind = ? AND account = ? AND hash NOT IN (SELECT hash FROM token"
            + " WHERE kind = ? AND account = ? ORDER BY hash = ? DESC,"
            + " created_ms > ?, created_ms DESC LIMIT ?)",
        kind.name(),
        account.value(),
        kind.name(),
        account.value(),
        made,
        nowMillis,
        max);
  }

  /** Whose session or access token it is. */
  public Optional<AccountId> owner(Kind kind, String secret) {
    return kind == Kind.LINK
        ? Optional.empty()
        : store.read(tx -> find(tx, kind, secret, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /**
   * A session in a browser, in two halves that count only together.
   *
   * @param cookie 43 characters of base64url
   * @param pageKey 43 characters of base64url
   */
  public record Session(String cookie, String pageKey) {
    /** What {@link #owner} knows it by. */
    public String secret() {
      return cookie + ":" + pageKey;
    }

    /** The secrets are not printed. */
    @Override
    public String toString() {
      return "Session";
    }
  }

  /** Uses up a one-time link and opens a session; empty when it was used, is too old or unknown. */
  public Optional<Session> exchange(String link) {
    return store.write(
        Lane.OWN,
        tx -> {
          long now = clock.wallMillis();
          Optional<AccountId> owner =
              find(tx, Kind.LINK, link, now - LINK_LIFE.toMillis(), now + LINK_LIFE.toMillis());
          tx.run("DELETE FROM token WHERE hash = ? AND kind = 'LINK'", hash(link));
          return owner.map(account -> openSession(tx, account));
        });
  }

  private Session openSession(Tx tx, AccountId account) {
    Session session =
        new Session(
            randomness.bytes(SECRET_BYTES).base64Url(), randomness.bytes(SECRET_BYTES).base64Url());
    keep(tx, account, Kind.SESSION, "page", session.secret());
    return session;
  }

  /** What a secret is kept as; it tells nobody the secret. */
  public static Bytes proof(String secret) {
    return hash(secret);
  }

  /** Makes the secret of this proof worthless. */
  public void withdraw(Bytes proof) {
    store.write(Lane.OWN, tx -> tx.run("DELETE FROM token WHERE hash = ?", proof));
  }

  /** Makes all secrets of one account and of these kinds worthless. */
  public void withdrawAll(AccountId account, Set<Kind> kinds) {
    store.write(
        Lane.OWN,
        tx -> {
          for (Kind kind : kinds) {
            tx.run(
                "DELETE FROM token WHERE account = ? AND kind = ?", account.value(), kind.name());
          }
          return kinds;
        });
  }

  private static Optional<AccountId> find(
      Tx tx, Kind kind, String secret, long notBefore, long notAfter) {
    return tx.number(
            "SELECT account FROM token WHERE hash = ? AND kind = ?"
                + " AND created_ms BETWEEN ? AND ?",
            hash(secret),
            kind.name(),
            notBefore,
            notAfter)
        .map(AccountId::new);
  }

  private static Bytes hash(String secret) {
    return Digests.sha256(Bytes.ofUtf8(secret));
  }
}
