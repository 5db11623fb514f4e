package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Authored;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.OwnLog;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Target;
import org.skep.kernel.Texts;
import org.skep.kernel.Tx;

/**
 * What the owner does. Each act is one transaction: the operation in her own log, a face on every
 * network its audience allows, the rows of the views. The answer comes when it is on disk.
 */
public final class Actions {
  public static final int NAME_CHARS_MAX = 60;

  /** Of a picture that stands with a post. */
  public static final int PICTURE_DESCRIPTION_CHARS_MAX = Bounds.ATTACHMENT_DESCRIPTION_CHARS_MAX;

  /** Longest time for which what is written can wait: a quarter of an hour. */
  public static final int HOLD_BACK_SECONDS_MAX = 900;

  private static final int ACCOUNTS_MAX = 64;

  /** What blobs are pinned for: to be the picture of an account, or to stand with a post. */
  private static final String PICTURE = "picture";

  private static final String POST = "post ";

  private final Store store;
  private final Blobs blobs;
  private final SqlVault vault;
  private final OwnLog ownLog;
  private final Recorder recorder;
  private final Aliases aliases;
  private final Reach reach;
  private final Elsewhere elsewhere;
  private final CopyRest copyRest;
  private final Faces faces;
  private final HoldBack holdBack;
  private final Map<NetworkId, Network> networks;
  private final Clock clock;

  Actions(
      Store store,
      Blobs blobs,
      SqlVault vault,
      OwnLog ownLog,
      Recorder recorder,
      Aliases aliases,
      Reach reach,
      Elsewhere elsewhere,
      CopyRest copyRest,
      Faces faces,
      HoldBack holdBack,
      Map<NetworkId, Network> networks,
      Clock clock) {
    this.store = store;
    this.blobs = blobs;
    this.vault = vault;
    this.ownLog = ownLog;
    this.recorder = recorder;
    this.aliases = aliases;
    this.reach = reach;
    this.elsewhere = elsewhere;
    this.copyRest = copyRest;
    this.faces = faces;
    this.holdBack = holdBack;
    this.networks = networks;
    this.clock = clock;
  }

  /**
   * What became of an act.
   *
   * @param operation the fact in the own log
   * @param notDone for each network that could not take part, why, in words
   */
  public record Done(Fact operation, Map<NetworkId, String> notDone) {}

  /**
   * Makes a person at home on this node, with an identity on every network.
   *
   * @param name 1 to 60 characters
   * @param secrets identities brought along, by network, in the network's own file format
   * @throws Refusal when the name or a secret can't be used
   */
  public AccountId createAccount(String name, Map<NetworkId, String> secrets) {
    String clean = checkName(name);
    secrets.keySet().forEach(this::checkNetwork);
    return store.write(
        Lane.OWN,
        tx -> {
          if (vault.accounts(tx).size() >= ACCOUNTS_MAX) {
            throw new Refusal("there is no room for more people on this computer");
          }
          if (vault.accounts(tx).stream().anyMatch(other -> other.name().equalsIgnoreCase(clean))) {
            throw new Refusal("somebody here is called " + clean + " already");
          }
          AccountId account = vault.createAccount(tx, clean, clock.wallMillis());
          List<Ref> identities = new ArrayList<>();
          Ref home = createIdentity(tx, account, NetworkId.HOME, secrets);
          for (NetworkId network : networks.keySet()) {
            if (!network.equals(NetworkId.HOME)) {
              identities.add(createIdentity(tx, account, network, secrets));
            }
          }
          // A log that was brought along says nothing of this before it resumes.
          identities.forEach(face -> write(tx, account, new Intent.DeclareFace(home, face)));
          write(tx, account, new Intent.Describe(ProfileField.NAME, clean));
          tx.announce(new Announcement.InterestsChanged(account));
          return account;
        });
  }

  private Ref createIdentity(
      Tx tx, AccountId account, NetworkId network, Map<NetworkId, String> secrets) {
    try {
      Ref identity =
          network(network).createIdentity(tx, account, Optional.ofNullable(secrets.get(network)));
      long number = aliases.number(tx, identity);
      if (tx.number("SELECT 1 FROM account_identity WHERE identity = ?", number).isPresent()) {
        throw new Refusal("this identity lives on this computer already");
      }
      tx.run(
          "INSERT INTO account_identity (identity, account) VALUES (?, ?)",
          number,
          account.value());
      return identity;
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Lets an identity that rests write again: its owner says that all of its log is here.
   *
   * @param insist whether it shall also where more is known to be elsewhere
   * @throws Refusal when it does not rest, or the folder's owner has not said yet whether this is a
   *     copy
   * @throws Unsettled when more of its log is known than is here, or something else
   */
  public void resume(AccountId account, NetworkId id, boolean insist) {
    checkNetwork(id);
    store.write(
        Lane.OWN,
        tx -> {
          if (copyRest.question().isPresent()) {
            throw new Refusal("first say whether this is a copy");
          }
          boolean broughtAlong = network(id).resting(tx, account).isPresent();
          elsewhere.answer(tx, account, network(id), insist);
          if (!broughtAlong) {
            return insist;
          }
          network(id).resume(tx, account);
          Ref home = ownLog.author(tx, account).orElseThrow();
          Ref face = identity(tx, account, id);
          act(tx, account, new Intent.DeclareFace(home, face));
          PersonLoader people = new PersonLoader(tx, aliases);
          String name = people.load(people.personOf(aliases.number(tx, face))).name();
          act(tx, account, new Intent.Describe(ProfileField.NAME, name));
          return insist;
        });
  }

  /**
   * Blocks somebody and stops following her where that was public. The block holds even where the
   * rest can't be said for now.
   *
   * @param followed whether the account follows her
   * @param told whether everybody may know of the block, or nobody else
   */
  public void block(AccountId account, Target person, boolean followed, boolean told) {
    store.write(
        Lane.OWN,
        tx -> {
          if (told || followed) {
            FollowState said = told ? FollowState.BLOCKING : FollowState.NONE;
            write(tx, account, new Intent.Relate(person, said, Audience.ANYBODY));
          }
          return act(tx, account, new Intent.Relate(person, FollowState.BLOCKING, Audience.MYSELF));
        });
  }

  /**
   * Takes a block back, in public too where it was told.
   *
   * @param told whether everybody was told of the block
   */
  public void unblock(AccountId account, Target person, boolean told) {
    store.write(
        Lane.OWN,
        tx -> {
          if (told) {
            write(tx, account, new Intent.Relate(person, FollowState.NONE, Audience.ANYBODY));
          }
          return act(tx, account, new Intent.Relate(person, FollowState.NONE, Audience.MYSELF));
        });
  }

  /**
   * Chooses how far the account reaches: 0, only its own log; 1, those it follows; 2, also those
   * whom they follow.
   *
   * @throws Refusal when it is another number
   */
  public void reach(AccountId account, int hops) {
    store.write(
        Lane.OWN,
        tx -> {
          reach.setHops(tx, account, hops);
          tx.announce(new Announcement.InterestsChanged(account));
          return hops;
        });
  }

  /**
   * Chooses how long what the account writes waits before others get it, so that it can be mended
   * or undone.
   *
   * @param seconds 0, at once, to {@link #HOLD_BACK_SECONDS_MAX}
   * @throws Refusal when it is another number
   */
  public void holdBack(AccountId account, int seconds) {
    store.write(
        Lane.OWN,
        tx -> {
          holdBack.setSeconds(tx, account, seconds);
          return seconds;
        });
  }

  private Ref identity(Tx tx, AccountId account, NetworkId network) {
    return tx
        .all(
            row -> row.number(0),
            "SELECT identity FROM account_identity WHERE account = ?",
            account.value())
        .stream()
        .map(number -> aliases.name(tx, number))
        .filter(name -> name.network().equals(network))
        .findFirst()
        .orElseThrow();
  }

  private void checkNetwork(NetworkId id) {
    if (!networks.containsKey(id)) {
      throw new Refusal("this node does not take part in " + id);
    }
  }

  private Network network(NetworkId id) {
    Network network = networks.get(id);
    if (network == null) {
      throw new IllegalStateException("no network " + id);
    }
    return network;
  }

  /**
   * Does what the owner wants. A picture she describes herself with is here, and leased by the
   * caller; it is pinned from then on, and the one before no longer.
   *
   * @throws Refusal when no network can, in words
   */
  public Done act(AccountId account, Intent intent) {
    check(intent);
    return store.write(Lane.OWN, tx -> act(tx, account, intent));
  }

  /**
   * Does several things or none: all are checked first, and one transaction holds them.
   *
   * @throws Refusal when one of them can't be done, in words
   */
  public List<Done> actAll(AccountId account, List<Intent> intents) {
    intents.forEach(this::check);
    return intents.isEmpty()
        ? List.of()
        : store.write(
            Lane.OWN, tx -> intents.stream().map(intent -> act(tx, account, intent)).toList());
  }

  private Done act(Tx tx, AccountId account, Intent intent) {
    Written written = write(tx, account, intent);
    Map<NetworkId, String> notDone = written.done().notDone();
    if (written.faces() == 0 && !notDone.isEmpty()) {
      // An act for anybody that reaches nobody would be a lie; the transaction takes it all back.
      throw new Refusal(String.join(" ", notDone.values()));
    }
    return written.done();
  }

  /**
   * @param faces how many networks took part
   */
  private record Written(Done done, int faces) {}

  private Written write(Tx tx, AccountId account, Intent wanted) {
    Optional<String> silent = copyRest.silent(tx, account);
    if (silent.isPresent()) {
      // Her own log too would have two different ends.
      throw new Refusal(silent.get());
    }
    Intent intent = now(tx, wanted);
    holdBack.heed(tx, intent);
    if (intent instanceof Intent.Describe(ProfileField field, String value)
        && field == ProfileField.PICTURE) {
      keepPicture(tx, account, Hash.ofHex(value));
    }
    Authored.Written operation = ownLog.write(tx, account, intent);
    keepBlobs(tx, account, intent, operation.fact().id());
    Fact fact = recorder.recordOwn(tx, account, operation.fact(), operation.contentKey());
    if (intent.audience() == Audience.MYSELF) {
      return new Written(new Done(fact, Map.of()), 0);
    }
    Faces.Outcome told =
        holdBack.holds(tx, account, intent)
            ? holdBack.hold(tx, account, intent, operation.fact().id())
            : faces.write(tx, account, intent, operation.fact().id());
    if (intent instanceof Intent.Edit edit) {
      // It goes out in its new words, or nothing written after it would.
      told = holdBack.tryAnew(tx, account, edit.post()).orElse(told);
    }
    return new Written(new Done(fact, told.notDone()), told.count());
  }

  /** By the names that things have in this transaction: what was held may have gone out since. */
  private Intent now(Tx tx, Intent intent) {
    return switch (intent) {
      case Intent.Edit edit ->
          new Intent.Edit(
              now(tx, edit.post()),
              edit.root(),
              edit.latest(),
              edit.readers(),
              edit.text(),
              edit.contentWarning(),
              edit.mentions(),
              edit.attachments());
      case Intent.Delete delete -> new Intent.Delete(now(tx, delete.post()), delete.readers());
      case Intent.Post _,
          Intent.Letter _,
          Intent.Boost _,
          Intent.React _,
          Intent.Relate _,
          Intent.Describe _,
          Intent.DeclareFace _,
          Intent.ReadUpTo _,
          Intent.Bookmark _ ->
          intent;
    };
  }

  private Target now(Tx tx, Target post) {
    List<Ref> names =
        tx
            .all(
                row -> row.number(0),
                "SELECT o.alias FROM {posts.face} f JOIN {posts.face} o ON o.post = f.post"
                    + " WHERE f.alias = ? ORDER BY o.alias",
                aliases.number(tx, post.names().getFirst()))
            .stream()
            .map(alias -> aliases.name(tx, alias))
            .toList();
    if (names.isEmpty()) {
      throw new Refusal("this post is not here");
    }
    return new Target(names);
  }

  /** What stands with a post is kept as long as the post; also what stood with it before. */
  private void keepBlobs(Tx tx, AccountId account, Intent intent, Ref operation) {
    switch (intent) {
      case Intent.Post post -> pin(tx, account, post.attachments(), operation);
      // Of an old post of hers, from another computer, some pictures may not be here.
      case Intent.Edit edit -> pin(tx, account, here(tx, edit.attachments()), operation);
      case Intent.Delete delete -> unpin(tx, account, delete.post().names().getFirst());
      case Intent.Letter _,
          Intent.Boost _,
          Intent.React _,
          Intent.Relate _,
          Intent.Describe _,
          Intent.DeclareFace _,
          Intent.ReadUpTo _,
          Intent.Bookmark _ -> {}
    }
  }

  private static List<Attachment> here(Tx tx, List<Attachment> attachments) {
    return attachments.stream()
        .filter(attachment ->
            tx.number("SELECT 1 FROM blob WHERE hash = ?", attachment.blob().bytes()).isPresent())
        .toList();
  }

  private void pin(Tx tx, AccountId account, List<Attachment> attachments, Ref operation) {
    attachments.forEach(
        attachment -> blobs.pin(tx, account, attachment.blob(), POST + operation.id()));
  }

  /** Pins are by operation: the post's own, and that of each of the words said for it since. */
  private void unpin(Tx tx, AccountId account, Ref name) {
    record Pinned(long operation, Hash blob) {}
    for (Pinned pinned :
        tx.all(
            row -> new Pinned(row.number(0), new Hash(row.bytes(1))),
            "SELECT o.alias, a.blob FROM {posts.face} f JOIN {posts.face} o ON o.post = f.post"
                + " JOIN {posts.attachment} a ON a.post = f.post WHERE f.alias = ?"
                // Not only those of the words that count.
                + " UNION SELECT e.alias, a.blob FROM {posts.face} f"
                + " JOIN {posts.face} o ON o.post = f.post JOIN account_identity i ON i.account = ?"
                + " JOIN {posts.edit} e ON e.head = o.alias AND e.author = i.identity"
                + " JOIN {posts.attachment} a ON a.post = e.id WHERE f.alias = ?",
            aliases.number(tx, name),
            account.value(),
            aliases.number(tx, name))) {
      blobs.unpin(tx, account, pinned.blob(), POST + aliases.name(tx, pinned.operation()).id());
    }
  }

  private void keepPicture(Tx tx, AccountId account, Optional<Hash> picture) {
    PersonLoader people = new PersonLoader(tx, aliases);
    Optional<Hash> before =
        tx.number("SELECT min(identity) FROM account_identity WHERE account = ?", account.value())
            .flatMap(identity -> people.load(people.personOf(identity)).picture());
    before.ifPresent(hash -> blobs.unpin(tx, account, hash, PICTURE));
    picture.ifPresent(hash -> blobs.pin(tx, account, hash, PICTURE));
  }

  private void check(Intent intent) {
    switch (intent) {
      case Intent.Post post -> {
        if (post.audience() != Audience.ANYBODY) {
          throw new Refusal("a post is for anybody; what is for some is a letter");
        }
        if (post.text().isBlank() && post.attachments().isEmpty()) {
          throw new Refusal("there is nothing in this post");
        }
        checkAttachments(post.attachments());
        checkWords("a post", post.text(), post.contentWarning(), post.mentions());
      }
      case Intent.Letter letter -> {
        if (letter.text().isBlank()) {
          throw new Refusal("there is nothing in this letter");
        }
        checkWords("a letter", letter.text(), letter.contentWarning(), letter.mentions());
      }
      case Intent.Edit edit -> {
        if (edit.text().isBlank() && edit.attachments().isEmpty()) {
          throw new Refusal("there is nothing left in this post; it can be deleted");
        }
        checkAttachments(edit.attachments());
        checkWords("a post", edit.text(), edit.contentWarning(), edit.mentions());
      }
      case Intent.Describe describe -> {
        switch (describe.field()) {
          case NAME -> checkName(describe.value());
          case DESCRIPTION ->
              bounded(
                  "a description",
                  describe.value(),
                  Bounds.DESCRIPTION_CHARS_MAX,
                  Intent.TEXT_BYTES_MAX);
          case PICTURE -> checkPicture(describe.value());
        }
      }
      case Intent.React react -> {
        if (react.expression().isBlank()
            || react.expression().codePointCount(0, react.expression().length()) > 32) {
          throw new Refusal("a reaction is one emoji or a short word");
        }
        checkWhole("a reaction", react.expression());
      }
      case Intent.Boost boost -> {}
      case Intent.Delete delete -> {}
      case Intent.DeclareFace face -> {}
      case Intent.Relate relate -> {}
      case Intent.ReadUpTo read -> {}
      case Intent.Bookmark bookmark -> {}
    }
  }

  private static void checkWords(
      String what, String text, String warning, List<Intent.Mention> mentions) {
    bounded(what, text, Bounds.TEXT_CHARS_MAX, Intent.TEXT_BYTES_MAX);
    bounded("a content warning", warning, Bounds.WARNING_CHARS_MAX, Intent.NAME_BYTES_MAX);
    mentions.forEach(mention -> checkWhole("the name of somebody", mention.name()));
  }

  /** Our own views would cut it, and that is said before, not after. */
  private static void bounded(String what, String text, int charsMax, int bytesMax) {
    checkWhole(what, text);
    if (text.length() > charsMax) {
      throw new Refusal(what + " has at most " + charsMax + " characters");
    }
    if (Texts.utf8Bytes(text) > bytesMax) {
      throw new Refusal(
          what
              + " has at most "
              + bytesMax
              + " bytes; letters beyond a to z have two to four each");
    }
  }

  private static void checkWhole(String what, String text) {
    if (!Texts.isWhole(text)) {
      throw new Refusal(what + " has half a character in it");
    }
  }

  private static void checkAttachments(List<Attachment> attachments) {
    if (attachments.size() > Attachment.PER_POST_MAX) {
      throw new Refusal("a post shows at most " + Attachment.PER_POST_MAX + " pictures");
    }
    attachments.forEach(attachment -> checkDescription(attachment.description()));
  }

  /**
   * @param description of a picture that stands with a post
   * @throws Refusal when it can't be one, in words
   */
  public static void checkDescription(String description) {
    bounded(
        "the description of a picture",
        description,
        PICTURE_DESCRIPTION_CHARS_MAX,
        Attachment.DESCRIPTION_BYTES_MAX);
  }

  private void checkPicture(String value) {
    if (!value.isEmpty() && Hash.ofHex(value).flatMap(blobs::find).isEmpty()) {
      throw new Refusal("this picture is not here");
    }
  }

  private static String checkName(String name) {
    checkWhole("a name", name);
    String clean = name.strip();
    if (clean.isEmpty()) {
      throw new Refusal("a name has at least one letter");
    }
    if (clean.length() > NAME_CHARS_MAX) {
      throw new Refusal("a name has at most " + NAME_CHARS_MAX + " characters");
    }
    if (clean.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal("a name is a single line of plain characters");
    }
    return clean;
  }
}
