package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.Intent;
import org.skep.kernel.LogPosition;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/** A log network of {@link TestEntry}s, with hooks where a test wants to stand in the way. */
final class TestNetwork implements Network {
  /** Begins the seal of what is for the identities named after it, with commas between them. */
  static final String TO = "to:";

  private static final Bytes KEY = Bytes.ofUtf8("key");
  private static final Bytes OTHER_KEY = Bytes.ofUtf8("other key");

  private final NetworkId id;
  private final Feeds feeds;
  private final Vault vault;
  private final TestClock clock;
  private final List<Ref> interpreted = new CopyOnWriteArrayList<>();
  private final List<Ref> tried = new CopyOnWriteArrayList<>();
  private final List<TestEntry> checked = new CopyOnWriteArrayList<>();
  private final List<Ref> opensOtherwise = new CopyOnWriteArrayList<>();
  private volatile Consumer<Fact> beforeInterpreting = fact -> {};
  private volatile Consumer<Fact> beforeTrying = fact -> {};
  private volatile Consumer<Fact> beforeReadingSealed = fact -> {};
  private volatile Runnable beforeWriting = () -> {};
  private volatile Optional<String> refusal = Optional.empty();

  TestNetwork(NetworkId id, Feeds feeds, Vault vault, TestClock clock) {
    this.id = id;
    this.feeds = feeds;
    this.vault = vault;
    this.clock = clock;
  }

  /** The facts this network was asked to interpret, in order. */
  List<Ref> interpreted() {
    return interpreted;
  }

  /** The entries this network was asked to check, in order. */
  List<TestEntry> checked() {
    return checked;
  }

  /** Runs inside the transaction that keeps a fact. */
  void beforeInterpreting(Consumer<Fact> hook) {
    beforeInterpreting = hook;
  }

  /** Runs before a key is tried, outside of transactions. */
  void beforeTrying(Consumer<Fact> hook) {
    beforeTrying = hook;
  }

  /** Runs inside the transaction that takes in what was opened. */
  void beforeReadingSealed(Consumer<Fact> hook) {
    beforeReadingSealed = hook;
  }

  /** To this one all that is sealed says nothing of what comes first in it. */
  void opensOtherwise(Ref identity) {
    opensOtherwise.add(identity);
  }

  /** Runs before an intent is given its face. */
  void beforeWriting(Runnable hook) {
    beforeWriting = hook;
  }

  /** From now on every intent is refused so. */
  void refuse(String reason) {
    refusal = Optional.of(reason);
  }

  /** Takes what comes again. */
  void allow() {
    refusal = Optional.empty();
  }

  @Override
  public NetworkId id() {
    return id;
  }

  @Override
  public Checked check(Bytes raw) {
    TestEntry entry = TestEntry.decode(raw);
    checked.add(entry);
    if (entry.seal().equals("crash")) {
      throw new IllegalStateException("the check has a fault");
    }
    if (entry.seal().equals("forged")) {
      return new Checked.Unsound("its signature is wrong");
    }
    return new Checked.Sound(fact(entry, Evidence.SELF_SIGNED));
  }

  private static NewFact fact(TestEntry entry, Evidence evidence) {
    return new NewFact(
        entry.id(),
        entry.author(),
        entry.position(),
        entry.claimedMillis(),
        evidence,
        entry.encode());
  }

  @Override
  public List<DomainEvent> interpret(Fact fact, Optional<Bytes> contentKey) {
    beforeInterpreting.accept(fact);
    interpreted.add(fact.content().id());
    TestEntry entry = TestEntry.decode(fact.content().bytes());
    if (entry.seal().equals("boom")) {
      throw new IllegalStateException("the interpretation has a fault");
    }
    if (!entry.seal().startsWith(TO)) {
      return entry.seal().equals("sealed") && contentKey.isEmpty() ? List.of() : entry.events();
    }
    List<DomainEvent> events = new ArrayList<>();
    events.add(new DomainEvent.Sealed(entry.author()));
    if (contentKey.isPresent()) {
      beforeReadingSealed.accept(fact);
      int from = contentKey.equals(Optional.of(OTHER_KEY)) ? 1 : 0;
      events.addAll(entry.events().subList(from, entry.events().size()));
    }
    return events;
  }

  @Override
  public Optional<Opener> opener(Tx tx, AccountId account) {
    return identity(tx, account)
        .map(self ->
            fact -> {
              if (!fact.content().id().network().equals(id)) {
                return Optional.empty();
              }
              TestEntry entry = TestEntry.decode(fact.content().bytes());
              beforeTrying.accept(fact);
              tried.add(fact.content().id());
              return entry.seal().startsWith(TO)
                      && List.of(entry.seal().substring(TO.length()).split(",")).contains(self.id())
                  ? Optional.of(opensOtherwise.contains(self) ? OTHER_KEY : KEY)
                  : Optional.empty();
            });
  }

  /** The facts on which a key was tried, in order. */
  List<Ref> tried() {
    return tried;
  }

  @Override
  public Authored author(Tx tx, AccountId account, Intent intent, Ref operation) {
    beforeWriting.run();
    Optional<String> refused = refusal.or(() -> resting(tx, account));
    return refused.isPresent()
        ? new Authored.CannotDo(refused.get())
        : write(
            tx,
            account,
            intent,
            Optional.of(operation),
            intent.audience() == Audience.READERS ? Optional.of(KEY) : Optional.empty());
  }

  Authored.Written write(
      Tx tx, AccountId account, Intent intent, Optional<Ref> operation, Optional<Bytes> key) {
    Ref author = identity(tx, account).orElseThrow();
    Optional<Feeds.Head> head = feeds.head(tx, author, "");
    LogPosition position =
        new LogPosition(
            "", head.map(Feeds.Head::sequence).orElse(0L) + 1, head.map(Feeds.Head::id));
    TestEntry entry =
        new TestEntry(
            author,
            position,
            clock.wallMillis(),
            seal(author, intent, operation, key),
            events(author, intent, operation));
    return new Authored.Written(fact(entry, Evidence.OWN), key);
  }

  private String seal(Ref author, Intent intent, Optional<Ref> operation, Optional<Bytes> key) {
    if (key.isEmpty()) {
      return "open";
    }
    // Who writes her own operation seals it for herself.
    return readers(intent).isPresent() && operation.isPresent()
        ? TO
            + Stream.concat(Stream.of(author), readers(intent).get().stream().map(this::named))
                .map(Ref::id)
                .collect(Collectors.joining(","))
        : "sealed";
  }

  private static Optional<List<Target>> readers(Intent intent) {
    return switch (intent) {
      case Intent.Letter letter -> Optional.of(letter.readers());
      case Intent.Edit edit -> edit.readers();
      case Intent.Delete delete -> delete.readers();
      default -> Optional.empty();
    };
  }

  /** What an intent says; a declaration on a network names the other side of what home names. */
  private List<DomainEvent> events(Ref author, Intent intent, Optional<Ref> operation) {
    return switch (intent) {
      case Intent.DeclareFace face ->
          List.of(
              new DomainEvent.FaceDeclared(
                  author, author.equals(face.author()) ? face.identity() : face.author()));
      case Intent.Describe describe ->
          List.of(
              new DomainEvent.PersonDescribed(author, author, describe.field(), describe.value()));
      case Intent.Post post -> List.of(published(author, post, operation, Optional.empty()));
      case Intent.Letter letter -> List.of(published(author, letter, operation));
      case Intent.Relate relate ->
          relate.person().names().stream()
              .<DomainEvent>map(name ->
                  new DomainEvent.Related(
                      author, name, relate.state(), relate.audience() == Audience.ANYBODY))
              .toList();
      case Intent.React react ->
          List.of(
              new DomainEvent.Reacted(author, named(react.post()), react.expression(), react.on()));
      case Intent.Edit edit ->
          List.of(
              new DomainEvent.Edited(
                  author,
                  author,
                  named(edit.post()),
                  operation,
                  edit.text(),
                  edit.contentWarning(),
                  List.of(),
                  edit.attachments(),
                  List.of(),
                  edit.readers()
                      .map(readers ->
                          Stream.concat(Stream.of(author), readers.stream().map(this::named))
                              .toList())));
      case Intent.Delete delete ->
          List.of(
              new DomainEvent.Deleted(author, named(delete.post()), delete.readers().isPresent()));
      case Intent.Boost boost ->
          List.of(new DomainEvent.Boosted(author, named(boost.post()), boost.on()));
      case Intent.ReadUpTo read ->
          List.of(new DomainEvent.ReadUpTo(author, read.timeline(), read.post()));
      case Intent.Bookmark mark ->
          List.of(new DomainEvent.Bookmarked(author, named(mark.post()), mark.on()));
    };
  }

  private DomainEvent published(Ref author, Intent.Letter letter, Optional<Ref> operation) {
    List<Ref> readers = new ArrayList<>(List.of(author));
    letter.readers().forEach(reader -> readers.add(named(reader)));
    return published(
        author,
        new Intent.Post(
            Audience.ANYBODY,
            letter.text(),
            letter.reply(),
            letter.contentWarning(),
            letter.mentions(),
            List.of()),
        operation,
        Optional.of(readers));
  }

  private DomainEvent published(
      Ref author, Intent.Post post, Optional<Ref> operation, Optional<List<Ref>> readers) {
    List<Ref> parents = new ArrayList<>();
    post.reply()
        .ifPresent(reply -> {
          parents.add(named(reply.parent()));
          reply.tips().forEach(tip -> parents.add(named(tip)));
        });
    return new DomainEvent.PostPublished(
        author,
        author,
        operation,
        post.text(),
        post.reply().map(reply -> named(reply.root())),
        parents,
        post.contentWarning(),
        post.mentions().stream()
            .map(mention -> new DomainEvent.Mentioned(named(mention.person()), mention.name()))
            .toList(),
        post.attachments(),
        List.of(),
        Optional.empty(),
        readers);
  }

  private Ref named(Target target) {
    return target.on(id).orElse(target.names().getFirst());
  }

  @Override
  public Ref createIdentity(Tx tx, AccountId account, Optional<String> secret) {
    if (secret.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("this is no secret");
    }
    String name = "@" + secret.orElse("account" + account.value());
    vault.set(tx, account, "test." + id, name);
    vault.set(tx, account, resting(), secret.orElse(""));
    return new Ref(id, name);
  }

  Optional<Ref> identity(Tx tx, AccountId account) {
    return vault.setting(tx, account, "test." + id).map(name -> new Ref(id, name));
  }

  private String resting() {
    return "test." + id + ".resting";
  }

  @Override
  public Optional<String> resting(Tx tx, AccountId account) {
    return vault
        .setting(tx, account, resting())
        .filter(secret -> !secret.isEmpty())
        .map(secret -> "The past of " + secret + " is awaited.");
  }

  @Override
  public void resume(Tx tx, AccountId account) {
    vault.set(tx, account, resting(), "");
  }

  @Override
  public Optional<Ref> parsePerson(String typed) {
    return typed.matches("@[a-z0-9-]+") ? Optional.of(new Ref(id, typed)) : Optional.empty();
  }
}
