package org.skep.networks.home;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.NewFact;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Randomness;
import org.skep.kernel.Ref;
import org.skep.kernel.Row;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.SecretBox;

/** The doors the home log is handed, held in memory. */
final class HomeFakes {
  private HomeFakes() {}

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("the home log doesn't ask for this");
  }

  /** A transaction in which nothing may be looked up. */
  static final class NoTx implements Tx {
    @Override
    public int run(String sql, Object... arguments) {
      throw notAsked();
    }

    @Override
    public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
      throw notAsked();
    }

    @Override
    public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
      throw notAsked();
    }

    @Override
    public <T> Optional<T> once(Object key, Supplier<Optional<T>> reading) {
      throw notAsked();
    }

    @Override
    public void forget(Object key) {
      throw notAsked();
    }

    @Override
    public void atEnd(Object key, Runnable work) {
      throw notAsked();
    }

    @Override
    public void apart(Consumer<Tx> work) {
      work.accept(this);
    }

    @Override
    public void announce(Announcement announcement) {
      throw notAsked();
    }

    @Override
    public boolean isAwaited() {
      throw notAsked();
    }

    @Override
    public Tx seeing(String projection, long generation) {
      throw notAsked();
    }
  }

  /** Keys made from the account's number, so that tests repeat. */
  static final class HeldVault implements Vault {
    private final Map<AccountId, Bytes> seeds = new HashMap<>();

    @Override
    public PublicKey createKey(Tx tx, AccountId account, String purpose) {
      return importKey(tx, account, purpose, Digests.sha256(Bytes.ofUtf8(purpose + account)));
    }

    @Override
    public PublicKey importKey(Tx tx, AccountId account, String purpose, Bytes seed) {
      seeds.put(account, seed);
      return Ed25519.publicKey(seed);
    }

    @Override
    public Optional<PublicKey> publicKey(Tx tx, AccountId account, String purpose) {
      return Optional.ofNullable(seeds.get(account)).map(Ed25519::publicKey);
    }

    @Override
    public Bytes sign(Tx tx, AccountId account, String purpose, Bytes message) {
      return Ed25519.sign(Optional.ofNullable(seeds.get(account)).orElseThrow(), message);
    }

    @Override
    public Optional<Bytes> agree(Tx tx, AccountId account, String purpose, Bytes theirs) {
      throw notAsked();
    }

    @Override
    public Optional<Agreement> agreement(Tx tx, AccountId account, String purpose) {
      throw notAsked();
    }

    @Override
    public Bytes wrap(Tx tx, AccountId account, Bytes nonce, Bytes secret) {
      return SecretBox.seal(accountKey(account), nonce, secret);
    }

    @Override
    public Optional<Bytes> unwrap(Tx tx, AccountId account, Bytes nonce, Bytes wrapped) {
      return SecretBox.open(accountKey(account), nonce, wrapped);
    }

    private static Bytes accountKey(AccountId account) {
      return Digests.sha256(Bytes.ofUtf8("wrap" + account));
    }

    @Override
    public Optional<String> setting(Tx tx, AccountId account, String name) {
      throw notAsked();
    }

    @Override
    public void set(Tx tx, AccountId account, String name, String value) {
      throw notAsked();
    }

    @Override
    public List<Account> accounts(Tx tx) {
      throw notAsked();
    }
  }

  /** The ends of logs. */
  static final class HeldFeeds implements Feeds {
    private record Log(Ref author, String name) {}

    private final Map<Log, Head> heads = new HashMap<>();

    @Override
    public Optional<Head> head(Tx tx, Ref author, String log) {
      return Optional.ofNullable(heads.get(new Log(author, log)));
    }

    @Override
    public void append(Tx tx, Fact fact) {
      NewFact content = fact.content();
      heads.put(
          new Log(content.author(), content.position().log()),
          new Head(content.position().sequence(), content.id().id(), fact.effectiveMillis()));
    }

    @Override
    public List<Fact> range(Tx tx, Ref author, String log, long afterSequence, int max) {
      throw notAsked();
    }

    @Override
    public int release(Tx tx, Ref author, String log, int max) {
      throw notAsked();
    }

    @Override
    public void checkpoint(Tx tx, Ref author, String log, long sequence) {
      throw notAsked();
    }

    @Override
    public Optional<Long> checkpoint(Tx tx, Ref author, String log) {
      throw notAsked();
    }
  }

  /** A clock that stands still. */
  record StoppedClock(long wallMillis) implements Clock {
    @Override
    public long monotonicNanos() {
      throw notAsked();
    }

    @Override
    public void sleep(Duration howLong) {
      throw notAsked();
    }

    @Override
    public boolean await(Condition condition, Duration atMost) {
      throw notAsked();
    }
  }

  /** Bytes that are different each time, and the same each run. */
  static final class Counting implements Randomness {
    private byte next;

    @Override
    public void fill(byte[] target) {
      Arrays.fill(target, ++next);
    }
  }
}
