package org.skep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Tx;

/**
 * Makes a checked record part of what is known, in one go: the fact, the end of its log, its rows
 * in every view, and what is announced. Both doors end here.
 */
final class Recorder {
  private final Facts facts;
  private final Feeds feeds;
  private final Projections projections;
  private final Map<NetworkId, Network> networks;
  private final Clock clock;
  private final Interests interests;

  Recorder(
      Facts facts,
      Feeds feeds,
      Projections projections,
      Map<NetworkId, Network> networks,
      Aliases aliases,
      Clock clock) {
    this.facts = facts;
    this.feeds = feeds;
    this.projections = projections;
    this.networks = networks;
    this.clock = clock;
    this.interests = new Interests(aliases);
  }

  /**
   * @param news whether the log moved forward, or its past was fetched
   */
  Fact record(Tx tx, NewFact content, boolean news, String origin) {
    return record(tx, content, news, origin, Optional.empty());
  }

  /** Records what an account wrote itself. */
  Fact recordOwn(Tx tx, AccountId account, NewFact content, Optional<Bytes> contentKey) {
    return record(tx, content, true, "own", contentKey.map(key -> new ContentKey(account, key)));
  }

  private record ContentKey(AccountId account, Bytes key) {}

  private Fact record(
      Tx tx, NewFact content, boolean news, String origin, Optional<ContentKey> contentKey) {
    long received = clock.wallMillis();
    Optional<Feeds.Head> head = feeds.head(tx, content.author(), content.position().log());
    long effective =
        EffectiveTime.of(
            content.claimedMillis(), received, news, head.map(Feeds.Head::effectiveMillis));
    Fact fact = facts.keep(tx, content, new Facts.Shown(effective, received, news), origin);
    feeds.append(tx, fact);
    contentKey.ifPresent(
        key -> facts.keepContentKey(tx, key.account(), fact.localSeq(), key.key()));
    List<DomainEvent> events = events(fact, contentKey.map(ContentKey::key));
    projections.apply(tx, fact, events);
    announce(tx, fact, events);
    tx.announce(
        new Announcement.EntryKept(
            content.author(), content.position().log(), content.position().sequence()));
    return fact;
  }

  /** Takes what a fact says into the views, now that a key has been found that opens it. */
  void opened(Tx tx, AccountId account, Fact fact, Bytes contentKey) {
    facts.keepContentKey(tx, account, fact.localSeq(), contentKey);
    List<DomainEvent> events = events(fact, Optional.of(contentKey));
    projections.reapply(tx, fact, events);
    announce(tx, fact, events);
  }

  private void announce(Tx tx, Fact fact, List<DomainEvent> events) {
    interests.announceChanges(tx, events);
    if (events.stream().anyMatch(Recorder::showsMedia)) {
      tx.announce(new Announcement.MediaShown(fact.content().author()));
    }
  }

  private static boolean showsMedia(DomainEvent event) {
    return switch (event) {
      case DomainEvent.PostPublished post -> !post.attachments().isEmpty();
      case DomainEvent.Edited edited -> !edited.attachments().isEmpty();
      case DomainEvent.PersonDescribed described ->
          described.field() == ProfileField.PICTURE && !described.value().isEmpty();
      case DomainEvent.Sealed _,
          DomainEvent.Related _,
          DomainEvent.Reacted _,
          DomainEvent.Boosted _,
          DomainEvent.Deleted _,
          DomainEvent.FaceDeclared _,
          DomainEvent.ReadUpTo _,
          DomainEvent.Bookmarked _ ->
          false;
    };
  }

  /** What a kept fact says; the rebuild asks the same way. */
  List<DomainEvent> events(Fact fact, Optional<Bytes> contentKey) {
    Network network = networks.get(fact.content().id().network());
    return network == null ? List.of() : Bounds.of(network.interpret(fact, contentKey));
  }
}
