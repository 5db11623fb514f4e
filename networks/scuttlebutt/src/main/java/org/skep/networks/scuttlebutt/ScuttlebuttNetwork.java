package org.skep.networks.scuttlebutt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Authored;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.Intent;
import org.skep.kernel.LogPosition;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Randomness;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.SecretFile;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.networks.scuttlebutt.privatebox.SealedContent;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.SecretBox;
import org.skep.wire.crypto.X25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;

/**
 * Classic Scuttlebutt as one network among others: messages are facts, a feed is a log without a
 * name, and what the owner does for anybody is written to her feed.
 */
public final class ScuttlebuttNetwork implements Network {
  public static final NetworkId ID = new NetworkId("ssb");

  private static final System.Logger LOGGER = System.getLogger(ScuttlebuttNetwork.class.getName());

  /** An author has one feed. */
  public static final String LOG = "";

  /** For what the vault keeps the feed's key. */
  public static final String KEY_PURPOSE = "ssb";

  /** The vault's setting that says whether a feed that was brought along rests. */
  private static final String RESTING = "ssb.resting";

  private static final String YES = "yes";
  private static final String NO = "no";

  private final Vault vault;
  private final Feeds feeds;
  private final Clock clock;
  private final Randomness randomness;
  private final SignCap signCap;
  private final ClassicValidator validator;

  /**
   * @param signCap the network's, {@link SignCap#NONE} on the main network
   */
  public ScuttlebuttNetwork(
      Vault vault, Feeds feeds, Clock clock, Randomness randomness, SignCap signCap) {
    this.vault = vault;
    this.feeds = feeds;
    this.clock = clock;
    this.randomness = randomness;
    this.signCap = signCap;
    this.validator = new ClassicValidator(signCap);
  }

  /** The name of a feed. */
  public static Ref refOf(FeedId feed) {
    return new Ref(ID, feed.toString());
  }

  /** The name of a message. */
  public static Ref refOf(MessageId message) {
    return new Ref(ID, message.toString());
  }

  @Override
  public NetworkId id() {
    return ID;
  }

  @Override
  public Checked check(Bytes raw) {
    return switch (ClassicCodec.parse(raw)) {
      case ClassicCodec.Refused(String reason) -> new Checked.Unsound(reason);
      case ClassicCodec.Parsed(ClassicMessage message) -> check(message);
    };
  }

  /** What replication has parsed is not parsed again. */
  @Override
  public Checked check(RawItem item) {
    return item.reading().orElse(null) instanceof ClassicMessage message
        ? check(message)
        : check(item.bytes());
  }

  private Checked check(ClassicMessage message) {
    return switch (validator.check(message)) {
      case ClassicValidator.Valid _ ->
          new Checked.Sound(fact(message, Evidence.SELF_SIGNED), said(message));
      case ClassicValidator.Invalid(String reason) -> new Checked.Unsound(reason);
    };
  }

  /** A fault in reading what it says makes no message unsound: whoever asks for it meets it. */
  private static Optional<List<DomainEvent>> said(ClassicMessage message) {
    try {
      return Optional.of(events(message, Optional.empty()));
    } catch (RuntimeException | StackOverflowError fault) {
      LOGGER.log(System.Logger.Level.DEBUG, "a message could not be read while it came", fault);
      return Optional.empty();
    }
  }

  private static List<DomainEvent> events(ClassicMessage message, Optional<Bytes> contentKey) {
    return message.content() instanceof JsObject content
        ? ScuttlebuttMapper.events(message.author(), message.id(), content)
        : sealed(message, contentKey);
  }

  private static NewFact fact(ClassicMessage message, Evidence evidence) {
    return new NewFact(
        refOf(message.id()),
        refOf(message.author()),
        new LogPosition(LOG, message.sequence(), message.previous().map(MessageId::toString)),
        (long) message.timestampMillis(),
        evidence,
        message.text());
  }

  @Override
  public List<DomainEvent> interpret(Fact fact, Optional<Bytes> contentKey) {
    return switch (ClassicCodec.parse(fact.content().bytes())) {
      case ClassicCodec.Refused _ -> List.of();
      case ClassicCodec.Parsed(ClassicMessage message) -> events(message, contentKey);
    };
  }

  private static List<DomainEvent> sealed(ClassicMessage message, Optional<Bytes> contentKey) {
    List<DomainEvent> events = new ArrayList<>();
    events.add(new DomainEvent.Sealed(refOf(message.author())));
    SealedContent.box(message.content())
        .flatMap(box -> contentKey.flatMap(key -> PrivateBox.read(box, key)))
        .flatMap(SealedContent::read)
        .ifPresent(content ->
            events.addAll(ScuttlebuttMapper.sealedEvents(message.author(), message.id(), content)));
    return List.copyOf(events);
  }

  @Override
  public Optional<Opener> opener(Tx tx, AccountId account) {
    return vault
        .agreement(tx, account, KEY_PURPOSE)
        .map(agreement ->
            fact ->
                fact.content().id().network().equals(ID)
                        && ClassicCodec.parse(fact.content().bytes())
                            instanceof ClassicCodec.Parsed(ClassicMessage message)
                    ? SealedContent.box(message.content()).flatMap(box -> key(box, agreement))
                    : Optional.empty());
  }

  /** Who seals may put into a reader's slot what opens nothing. */
  private static Optional<Bytes> key(Bytes box, Vault.Agreement agreement) {
    return PrivateBox.open(box, agreement::with)
        .filter(key -> PrivateBox.read(box, key).isPresent());
  }

  @Override
  public Authored author(Tx tx, AccountId account, Intent intent, Ref operation) {
    Optional<String> resting = resting(tx, account);
    if (resting.isPresent()) {
      return new Authored.CannotDo(resting.get());
    }
    FeedId self = feed(tx, account);
    return switch (ScuttlebuttSayings.of(self, intent, operation)) {
      case ScuttlebuttSayings.Unsayable(String reason) -> new Authored.CannotDo(reason);
      case ScuttlebuttSayings.Said(JsObject content) ->
          write(tx, account, self, content, Optional.empty());
      case ScuttlebuttSayings.SaidTo(List<FeedId> readers, JsObject content) ->
          seal(readers, content)
              .map(boxed ->
                  write(
                      tx, account, self, SealedContent.text(boxed.box()), Optional.of(boxed.key())))
              .orElseGet(() ->
                  new Authored.CannotDo("the key of one of the readers is none that can open it"));
    };
  }

  private Optional<PrivateBox.Boxed> seal(List<FeedId> readers, JsObject content) {
    List<Bytes> keys =
        readers.stream().flatMap(reader -> Ed25519.x25519Public(reader.key()).stream()).toList();
    return keys.size() == readers.size()
        ? PrivateBox.seal(
            SealedContent.plain(content),
            keys,
            new PrivateBox.Fresh(
                randomness.bytes(SecretBox.NONCE_BYTES),
                randomness.bytes(SecretBox.KEY_BYTES),
                randomness.bytes(X25519.KEY_BYTES)))
        : Optional.empty();
  }

  private FeedId feed(Tx tx, AccountId account) {
    PublicKey key =
        vault
            .publicKey(tx, account, KEY_PURPOSE)
            .orElseThrow(() -> new IllegalStateException("no feed for " + account));
    return new FeedId(key);
  }

  private Authored write(
      Tx tx, AccountId account, FeedId self, JsValue content, Optional<Bytes> contentKey) {
    Optional<Feeds.Head> head = feeds.head(tx, refOf(self), LOG);
    FeedState state =
        head.<FeedState>map(last ->
                new FeedState.Head(MessageId.ofSigil(last.id()).orElseThrow(), last.sequence()))
            .orElse(FeedState.EMPTY);
    // Old programs demanded growing times; and equal ones sort badly.
    long claimed =
        Math.max(clock.wallMillis(), head.map(last -> last.effectiveMillis() + 1).orElse(0L));
    ClassicAuthor author =
        new ClassicAuthor(self, message -> vault.sign(tx, account, KEY_PURPOSE, message), signCap);
    return switch (author.write(state, (double) claimed, content)) {
      case ClassicCodec.Refused(String reason) ->
          new Authored.CannotDo("Scuttlebutt can't carry this: " + reason);
      case ClassicCodec.Parsed(ClassicMessage message) ->
          new Authored.Written(fact(message, Evidence.OWN), contentKey);
    };
  }

  @Override
  public Ref createIdentity(Tx tx, AccountId account, Optional<String> secret) {
    if (secret.isEmpty()) {
      return refOf(new FeedId(vault.createKey(tx, account, KEY_PURPOSE)));
    }
    return switch (SecretFile.parse(Bytes.ofUtf8(secret.get()))) {
      case SecretFile.Refused(String reason) -> throw new IllegalArgumentException(reason);
      case SecretFile.Parsed(SecretFile.SecretKeys keys) -> {
        vault.importKey(tx, account, KEY_PURPOSE, keys.seed());
        vault.set(tx, account, RESTING, YES);
        yield refOf(keys.id());
      }
    };
  }

  /**
   * A feed that was brought along has a past, which friends have and this node does not. To write
   * at a place that is taken would fork it, and nobody repairs a forked feed.
   */
  @Override
  public Optional<String> resting(Tx tx, AccountId account) {
    if (!vault.setting(tx, account, RESTING).equals(Optional.of(YES))) {
      return Optional.empty();
    }
    String here =
        feeds
            .head(tx, refOf(feed(tx, account)), LOG)
            .map(head ->
                "Of what you wrote on Scuttlebutt before, %d entries are here, the newest of %s."
                    .formatted(head.sequence(), day(head.effectiveMillis())))
            .orElse("Nothing of what you wrote on Scuttlebutt before is here yet.");
    return Optional.of(here + " Until all of it has come from friends, nothing new is written.");
  }

  private static String day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC).toString();
  }

  @Override
  public void resume(Tx tx, AccountId account) {
    vault.set(tx, account, RESTING, NO);
  }

  @Override
  public Optional<Ref> parsePerson(String typed) {
    return FeedId.parse(typed.strip()).map(ScuttlebuttNetwork::refOf);
  }
}
