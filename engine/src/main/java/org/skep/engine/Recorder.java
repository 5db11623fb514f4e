package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.NewFact;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Tx;

/**
 * Makes a checked record part of what is known, in one go: the fact, the end of its log, its rows
 * in every view, and what is announced. Both doors end here.
 */
final class Recorder {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());

  private final Facts facts;
  private final Feeds feeds;
  private final Projections projections;
  private final Interpreter interpreter;
  private final Clock clock;
  private final Aliases aliases;
  private final Interests interests;

  Recorder(
      Facts facts,
      Feeds feeds,
      Projections projections,
      Interpreter interpreter,
      Aliases aliases,
      Clock clock) {
    this.facts = facts;
    this.feeds = feeds;
    this.projections = projections;
    this.interpreter = interpreter;
    this.clock = clock;
    this.aliases = aliases;
    this.interests = new Interests(aliases);
  }

  /**
   * Records what somebody brought.
   *
   * @param news whether the log moved forward, or its past was fetched
   * @param apart whether the views may pass it over; else what they trip over is thrown
   */
  Fact record(Tx tx, Checked.Sound sound, boolean news, String origin, boolean apart) {
    Fact fact = keep(tx, sound.fact(), news, origin);
    if (apart) {
      projections.applyOrPassOver(tx, fact, part -> show(part, fact, said(fact, sound)));
    } else {
      show(tx, fact, said(fact, sound));
    }
    return told(tx, fact);
  }

  private List<DomainEvent> said(Fact fact, Checked.Sound sound) {
    return sound.says().map(Bounds::of).orElseGet(() -> interpreter.events(fact, List.of()));
  }

  /**
   * Records what an account wrote itself. What the views trip over is not written at all, because
   * its author would not see what others do.
   */
  Fact recordOwn(Tx tx, AccountId account, NewFact content, Optional<Bytes> contentKey) {
    Fact fact = keep(tx, content, true, "own");
    contentKey.ifPresent(key -> facts.keepContentKey(tx, account, fact.localSeq(), key));
    show(tx, fact, interpreter.events(fact, contentKey.stream().toList()));
    return told(tx, fact);
  }

  private Fact keep(Tx tx, NewFact content, boolean news, String origin) {
    long received = clock.wallMillis();
    Optional<Feeds.Head> head = feeds.head(tx, content.author(), content.position().log());
    long effective =
        EffectiveTime.of(
            content.claimedMillis(), received, news, head.map(Feeds.Head::effectiveMillis));
    Fact fact = facts.keep(tx, content, new Facts.Shown(effective, received, news), origin);
    feeds.append(tx, fact);
    return fact;
  }

  private void show(Tx tx, Fact fact, List<DomainEvent> events) {
    projections.apply(tx, fact, events);
    announce(tx, fact, events);
  }

  private Fact told(Tx tx, Fact fact) {
    projections.reached(tx, fact);
    NewFact content = fact.content();
    tx.announce(
        new Announcement.EntryKept(
            content.author(), content.position().log(), content.position().sequence()));
    return fact;
  }

  /**
   * Takes what a fact says into the views, now that an account has a key that opens it; a post that
   * another account opened before is shown to this one. A fact says one thing: a key by which it
   * says something else than to those who have theirs is refused.
   */
  void opened(Tx tx, AccountId account, Fact fact, Bytes contentKey) {
    List<DomainEvent> events = interpreter.events(fact, List.of(contentKey));
    List<DomainEvent> before = interpreter.events(fact, facts.contentKeys(tx, fact.localSeq()));
    if (!before.equals(events) && !before.equals(interpreter.events(fact, List.of()))) {
      LOG.log(System.Logger.Level.DEBUG, "{0} says something else to each", fact.content().id());
      return;
    }
    List<PostId> hidden = hidden(tx, account, events);
    if (facts.keepContentKey(tx, account, fact.localSeq(), contentKey)) {
      projections.reapply(tx, fact, events);
      announce(tx, fact, events);
      hidden.forEach(post -> tx.announce(new Announcement.PostShown(post, fact.news())));
    }
  }

  /** The posts that the views have and the account could not read so far. */
  private List<PostId> hidden(Tx tx, AccountId account, List<DomainEvent> events) {
    return events.stream()
        .flatMap(event ->
            event instanceof DomainEvent.PostPublished published
                ? Stream.of(aliases.number(tx, published.post()))
                : Stream.empty())
        .filter(alias -> Posts.named(tx, account, alias).isEmpty())
        .flatMap(alias -> Posts.named(tx, alias).stream())
        .map(PostId::new)
        .toList();
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
}
