package org.skep.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;

/** Somebody elsewhere who writes a log on a test network. */
final class TestAuthor {
  private final Ref name;
  private final String log;
  private long sequence;
  private Optional<String> previous = Optional.empty();

  TestAuthor(NetworkId network, String name) {
    this(network, name, "");
  }

  /**
   * @param log which of her logs this writes
   */
  TestAuthor(NetworkId network, String name, String log) {
    this.name = new Ref(network, "@" + name);
    this.log = log;
  }

  /** Writes after this entry of hers from now on, as a computer would that knows it. */
  void goesOnAfter(Fact entry) {
    sequence = entry.content().position().sequence();
    previous = Optional.of(entry.content().id().id());
  }

  /** What she wrote, and what it is called. */
  record Written(TestEntry entry) {
    Ref id() {
      return entry.id();
    }

    RawItem raw() {
      return new RawItem(entry.author().network(), entry.encode());
    }
  }

  Ref name() {
    return name;
  }

  Written writes(DomainEvent... events) {
    return writes(TestClock.START_MILLIS - 3_600_000 + sequence, "open", events);
  }

  /** Writes the next entry of her log. */
  Written writes(long claimedMillis, String seal, DomainEvent... events) {
    Written written = new Written(next(claimedMillis, seal, events));
    sequence++;
    previous = Optional.of(written.id().id());
    return written;
  }

  /** Writes what would be the next entry, and forgets it: the one after stands at its place. */
  Written writesBesides(DomainEvent... events) {
    return new Written(next(TestClock.START_MILLIS - 1_000, "open", events));
  }

  private TestEntry next(long claimedMillis, String seal, DomainEvent... events) {
    return new TestEntry(
        name,
        new LogPosition(log, sequence + 1, previous),
        claimedMillis,
        seal,
        Arrays.asList(events));
  }

  Written posts(String text) {
    return writes(post(text));
  }

  Written posts(String text, List<Attachment> attachments) {
    return writes(
        new DomainEvent.PostPublished(
            name,
            name,
            Optional.empty(),
            text,
            Optional.empty(),
            List.of(),
            "",
            List.of(),
            attachments,
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  DomainEvent post(String text) {
    return post(text, Optional.empty());
  }

  DomainEvent post(String text, Optional<Ref> operation) {
    return new DomainEvent.PostPublished(
        name,
        name,
        operation,
        text,
        Optional.empty(),
        List.of(),
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  Written replies(Ref root, Ref parent, String text) {
    return writes(
        new DomainEvent.PostPublished(
            name,
            name,
            Optional.empty(),
            text,
            Optional.of(root),
            List.of(parent),
            "",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  DomainEvent sealedPost(String text, Optional<Ref> root, List<Ref> readers) {
    return new DomainEvent.PostPublished(
        name,
        name,
        Optional.empty(),
        text,
        root,
        root.stream().toList(),
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(readers));
  }

  Written likes(Ref post, boolean on) {
    return writes(new DomainEvent.Reacted(name, post, "Like", on));
  }

  Written boosts(Ref post, boolean on) {
    return writes(new DomainEvent.Boosted(name, post, on));
  }

  DomainEvent edit(Ref post, String text, Optional<Ref> operation, List<String> tags) {
    return new DomainEvent.Edited(
        name, name, post, operation, text, "", List.of(), List.of(), tags, Optional.empty());
  }

  DomainEvent sealedEdit(Ref post, String text, List<Ref> readers) {
    return new DomainEvent.Edited(
        name,
        name,
        post,
        Optional.empty(),
        text,
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.of(readers));
  }

  Written edits(Ref post, String text) {
    return writes(edit(post, text, Optional.empty(), List.of()));
  }

  Written deletes(Ref post) {
    return writes(new DomainEvent.Deleted(name, post, false));
  }

  Written declares(Ref identity) {
    return writes(new DomainEvent.FaceDeclared(name, identity));
  }

  Written relates(Ref person, FollowState state) {
    return writes(new DomainEvent.Related(name, person, state, true));
  }

  Written describes(ProfileField field, String value) {
    return writes(new DomainEvent.PersonDescribed(name, name, field, value));
  }
}
