package org.skep.networks.home;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Intent;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.networks.home.operation.Operation;
import org.skep.networks.home.operation.OperationCodec;
import org.skep.networks.home.operation.Reading;
import org.skep.networks.home.words.SealedBody;
import org.skep.networks.home.words.WordCodec;

/** The home log seen as one network among others. It has no protocol of its own yet. Any thread. */
public final class HomeNetwork implements Network {
  private final Vault vault;

  public HomeNetwork(Vault vault) {
    this.vault = vault;
  }

  @Override
  public NetworkId id() {
    return NetworkId.HOME;
  }

  @Override
  public Checked check(Bytes raw) {
    return switch (OperationCodec.decode(raw)) {
      case Reading.Read(Operation operation) -> HomeFacts.check(operation);
      case Reading.Malformed(String reason) -> new Checked.Unsound(reason);
    };
  }

  @Override
  public List<DomainEvent> interpret(Fact fact, Optional<Bytes> contentKey) {
    return switch (OperationCodec.decode(fact.content().bytes())) {
      case Reading.Malformed malformed -> List.of();
      case Reading.Read(Operation operation) ->
          plainBody(operation, contentKey)
              .flatMap(WordCodec::decode)
              .map(word ->
                  HomeMapper.events(
                      fact.content().author(), fact.content().id(), word, isOpen(operation)))
              .orElseGet(List::of);
    };
  }

  private static boolean isOpen(Operation operation) {
    Bytes body = operation.body();
    return body != null && !SealedBody.isSealed(body);
  }

  private static Optional<Bytes> plainBody(Operation operation, Optional<Bytes> contentKey) {
    Bytes body = operation.body();
    if (body == null) {
      return Optional.empty();
    }
    return SealedBody.isSealed(body)
        ? contentKey.flatMap(key -> SealedBody.read(body, key))
        : Optional.of(body);
  }

  /** What is sealed here is our own, and its key was kept when it was written. */
  @Override
  public Optional<Opener> opener(Tx tx, AccountId account) {
    return Optional.empty();
  }

  /** The own log has written it before any network is asked. */
  @Override
  public Authored author(Tx tx, AccountId account, Intent intent, Ref operation) {
    return new Authored.CannotDo("Your own log has this already.");
  }

  /** A key is made for this computer alone, so that no two can write at one place of a log. */
  @Override
  public Ref createIdentity(Tx tx, AccountId account, Optional<String> secret) {
    if (secret.isPresent()) {
      throw new IllegalArgumentException(
          "The key of your own log belongs to one computer and can't be brought along.");
    }
    return HomeNames.ofAuthor(vault.createKey(tx, account, HomeOwnLog.KEY_PURPOSE));
  }

  /** Never: its keys can't be brought along. */
  @Override
  public Optional<String> resting(Tx tx, AccountId account) {
    return Optional.empty();
  }

  @Override
  public void resume(Tx tx, AccountId account) {
    throw new IllegalStateException("the own log does not rest");
  }

  @Override
  public Optional<Ref> parsePerson(String typed) {
    return HomeNames.parsePerson(typed);
  }
}
