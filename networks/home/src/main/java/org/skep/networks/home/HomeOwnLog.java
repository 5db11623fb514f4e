package org.skep.networks.home;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Evidence;
import org.skep.kernel.Feeds;
import org.skep.kernel.Intent;
import org.skep.kernel.OwnLog;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Randomness;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.networks.home.operation.Extensions;
import org.skep.networks.home.operation.Operation;
import org.skep.networks.home.operation.OperationAuthor;
import org.skep.networks.home.operation.OperationId;
import org.skep.networks.home.words.SealedBody;
import org.skep.networks.home.words.WordCodec;

/** Writes an account's operations, each at the end of the log it belongs to. Any thread. */
public final class HomeOwnLog implements OwnLog {
  /** For what the vault keeps the key. */
  static final String KEY_PURPOSE = "home";

  private final Vault vault;
  private final Feeds feeds;
  private final Clock clock;
  private final Randomness randomness;

  public HomeOwnLog(Vault vault, Feeds feeds, Clock clock, Randomness randomness) {
    this.vault = vault;
    this.feeds = feeds;
    this.clock = clock;
    this.randomness = randomness;
  }

  /**
   * @throws IllegalArgumentException when the intent is longer than an operation can hold
   * @throws IllegalStateException when the account has no key yet
   */
  @Override
  public Authored.Written write(Tx tx, AccountId account, Intent intent) {
    PublicKey author =
        vault
            .publicKey(tx, account, KEY_PURPOSE)
            .orElseThrow(() -> new IllegalStateException("no home log for " + account));
    String log = HomeLogs.logOf(intent);
    Optional<Feeds.Head> head = feeds.head(tx, HomeNames.ofAuthor(author), log);
    @Nullable OperationId backlink = head.map(end -> HomeNames.operation(end.id())).orElse(null);
    Body body = body(tx, account, intent);
    Operation operation =
        OperationAuthor.write(
            author,
            message -> vault.sign(tx, account, KEY_PURPOSE, message),
            head.map(end -> end.sequence() + 1).orElse(0L),
            backlink,
            Extensions.of(log, claimedMicros(), HomeLogs.label(intent.audience())),
            body.bytes());
    return new Authored.Written(HomeFacts.newFact(operation, log, Evidence.OWN), body.contentKey());
  }

  @Override
  public Optional<Ref> author(Tx tx, AccountId account) {
    return vault.publicKey(tx, account, KEY_PURPOSE).map(HomeNames::ofAuthor);
  }

  private record Body(Bytes bytes, Optional<Bytes> contentKey) {}

  private Body body(Tx tx, AccountId account, Intent intent) {
    Bytes word = WordCodec.encode(HomeMapper.word(intent));
    if (intent.audience() == Audience.ANYBODY) {
      return new Body(word, Optional.empty());
    }
    Bytes contentKey = randomness.bytes(SealedBody.CONTENT_KEY_BYTES);
    Bytes nonce = randomness.bytes(SealedBody.NONCE_BYTES);
    Bytes sealed =
        SealedBody.seal(word, contentKey, nonce, key -> vault.wrap(tx, account, nonce, key));
    return new Body(sealed, Optional.of(contentKey));
  }

  /** A clock that was never set, or set to the far future, must not keep anybody from writing. */
  private long claimedMicros() {
    return Math.clamp(
        TimeUnit.MILLISECONDS.toMicros(clock.wallMillis()), 0, Extensions.CLAIMED_MICROS_MAX);
  }
}
