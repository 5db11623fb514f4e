package org.skep.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Target;
import org.skep.kernel.Tx;

/** Fills in what an intent needs to know of the posts and people it is about. */
public final class Composer {
  /**
   * {@code [@name](address)}, as Markdown links that name a person. No network's address is longer,
   * and a text may begin a link at each of its characters.
   */
  private static final Pattern MENTION =
      Pattern.compile("\\[@([^\\]\\n]{1,80})\\]\\(([^)\\s]{1,256}+)\\)");

  private static final int MENTIONS_MAX = 32;

  private final Store store;
  private final Aliases aliases;
  private final PostLoaders loaders;
  private final List<Network> networks;

  Composer(Store store, PostLoaders loaders, List<Network> networks) {
    this.store = store;
    this.aliases = loaders.aliases();
    this.loaders = loaders;
    this.networks = List.copyOf(networks);
  }

  /**
   * @throws Refusal when the post is not here
   */
  public Target post(PostId id) {
    return store.read(tx -> post(tx, Posts.current(tx, id)));
  }

  private Target post(Tx tx, long id) {
    List<Ref> names =
        tx
            .all(
                row -> row.number(0),
                "SELECT alias FROM {posts.face} WHERE post = ? ORDER BY alias",
                id)
            .stream()
            .map(alias -> aliases.name(tx, alias))
            .toList();
    if (names.isEmpty()) {
      throw new Refusal("this post is not here");
    }
    return new Target(names);
  }

  /**
   * Passes a post on.
   *
   * @param on false takes it back
   * @throws Refusal when the post is not here, or is a letter
   */
  public Intent.Boost boost(PostId id, boolean on) {
    return store.read(tx -> {
      long post = Posts.current(tx, id);
      if (isSealed(tx, post)) {
        throw new Refusal("a letter is not passed on; it was for those alone whom it names");
      }
      Target target = post(tx, post);
      return new Intent.Boost(target, authorOf(tx, post), places(tx, target), on);
    });
  }

  /**
   * Other words for a post of the account's own.
   *
   * @param attachments all that stand with it from now on
   * @throws Refusal when it is not here or somebody else's, or when words for a letter name
   *     somebody whom it was not for
   */
  public Intent.Edit edit(
      AccountId account, PostId id, String text, String warning, List<Attachment> attachments) {
    List<Intent.Mention> mentions = mentions(text);
    return store.read(tx -> {
      long post = own(tx, account, id);
      Optional<Set<PersonId>> readers = otherReaders(tx, account, post);
      if (readers.isPresent() && !isAmong(tx, account, readers.get(), mentions)) {
        throw new Refusal(
            "this letter was not for everybody named here; begin a new one to write to them, too");
      }
      Target target = post(tx, post);
      return new Intent.Edit(
          target,
          tx.number("SELECT root FROM {posts.post} WHERE post = ?", post)
              .map(root ->
                  tx.number("SELECT post FROM {posts.face} WHERE alias = ?", root)
                      .map(here -> post(tx, here))
                      .orElseGet(() -> new Target(List.of(aliases.name(tx, root))))),
          latest(tx, post).orElse(target),
          readers.map(those -> targets(tx, unblocked(tx, account, those))),
          text,
          warning,
          mentions,
          attachments);
    });
  }

  /**
   * Takes a post of the account's own back.
   *
   * @throws Refusal when it is not here or somebody else's
   */
  public Intent.Delete delete(AccountId account, PostId id) {
    return store.read(tx -> {
      long post = own(tx, account, id);
      return new Intent.Delete(
          post(tx, post), otherReaders(tx, account, post).map(those -> targets(tx, those)));
    });
  }

  private long own(Tx tx, AccountId account, PostId id) {
    long post = Posts.current(tx, id);
    return tx.number("SELECT author FROM {posts.post} WHERE post = ?", post)
        .filter(Circle.own(tx, account)::contains)
        .map(_ -> post)
        .orElseThrow(() -> new Refusal("this is no post of yours"));
  }

  /** For whom a letter was beside its author; empty for what anybody may read. */
  private Optional<Set<PersonId>> otherReaders(Tx tx, AccountId account, long post) {
    if (!isSealed(tx, post)) {
      return Optional.empty();
    }
    PersonLoader people = new PersonLoader(tx, aliases);
    Set<PersonId> readers = Posts.readers(tx, people, post);
    readers.removeAll(persons(people, Circle.own(tx, account)));
    return Optional.of(readers);
  }

  /** No further words of the account's go to whom it blocks. */
  private Set<PersonId> unblocked(Tx tx, AccountId account, Set<PersonId> readers) {
    Set<PersonId> rest = new LinkedHashSet<>(readers);
    rest.removeAll(persons(new PersonLoader(tx, aliases), Circle.blocked(tx, account)));
    return rest;
  }

  private List<Target> targets(Tx tx, Set<PersonId> readers) {
    return readers.stream().map(reader -> person(tx, reader)).toList();
  }

  private boolean isAmong(
      Tx tx, AccountId account, Set<PersonId> readers, List<Intent.Mention> mentions) {
    PersonLoader people = new PersonLoader(tx, aliases);
    Set<PersonId> among = new HashSet<>(readers);
    among.addAll(persons(people, Circle.own(tx, account)));
    return mentions.stream()
        .map(mention -> aliases.find(tx, mention.person().names().getFirst()))
        .allMatch(named -> named.map(people::personOf).filter(among::contains).isPresent());
  }

  private Optional<Target> latest(Tx tx, long post) {
    List<Ref> names =
        tx
            .all(
                row -> row.number(0),
                "SELECT alias FROM {posts.edit} WHERE version = (SELECT id FROM {posts.edit}"
                    + " WHERE post = ? AND version = id ORDER BY rank DESC, name DESC"
                    + " LIMIT 1) ORDER BY alias",
                post)
            .stream()
            .map(alias -> aliases.name(tx, alias))
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(new Target(names));
  }

  private List<Intent.Place> places(Tx tx, Target post) {
    List<Intent.Place> places = new ArrayList<>();
    for (Ref name : post.names()) {
      tx.number("SELECT sequence FROM fact WHERE alias = ?", aliases.number(tx, name))
          .ifPresent(sequence -> places.add(new Intent.Place(name, sequence)));
    }
    return places;
  }

  /** The person who wrote a post. */
  public Target authorOf(PostId id) {
    return store.read(tx -> authorOf(tx, Posts.current(tx, id)));
  }

  private Target authorOf(Tx tx, long post) {
    long author =
        tx.number("SELECT author FROM {posts.post} WHERE post = ?", post)
            .orElseThrow(() -> new Refusal("this post is not here"));
    return person(tx, new PersonLoader(tx, aliases).personOf(author));
  }

  /**
   * @throws Refusal when nobody has this number
   */
  public Target person(PersonId id) {
    return store.read(tx -> person(tx, id));
  }

  private Target person(Tx tx, PersonId id) {
    PersonLoader people = new PersonLoader(tx, aliases);
    if (!people.isPerson(id, networks)) {
      throw new Refusal("this person is not known here");
    }
    return new Target(people.load(id).identities());
  }

  /**
   * What a reply to a post needs to say of its thread. Posts of those whom the account blocks are
   * not named in it.
   */
  public Intent.Reply reply(AccountId account, PostId answered) {
    return store.read(tx -> reply(tx, account, Posts.current(tx, answered), Set.of()));
  }

  /**
   * A post or letter of the account's own as it stands now, to be said to others.
   *
   * @param operation its alias
   * @return empty when it is not here any more, or is for none but those whom the account blocks
   * @throws Refusal when it is here and its words are not
   */
  Optional<Intent> asItStands(Tx tx, AccountId account, long operation) {
    return Posts.named(tx, operation)
        .flatMap(loaders.in(tx, Circle.of(tx, account))::load)
        .flatMap(post -> asItStands(tx, account, post));
  }

  private Optional<Intent> asItStands(Tx tx, AccountId account, PostView post) {
    if (post.wordsGone()) {
      throw new Refusal(
          "The disk did not keep its words, so that nobody gets it. Say them anew, or delete it.");
    }
    List<Intent.Mention> mentions = mentions(post.text());
    Optional<Set<PersonId>> sealedFor = otherReaders(tx, account, post.id().value());
    if (sealedFor.isEmpty()) {
      return Optional.of(
          new Intent.Post(
              Audience.ANYBODY,
              post.text(),
              replyBeside(tx, account, post, Set.of()),
              post.contentWarning(),
              mentions,
              post.attachments().stream().map(PostView.Shown::attachment).toList()));
    }
    Set<PersonId> readers = unblocked(tx, account, sealedFor.get());
    if (readers.isEmpty() && !sealedFor.get().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Intent.Letter(
            targets(tx, readers),
            post.text(),
            replyBeside(tx, account, post, readers),
            post.contentWarning(),
            mentions));
  }

  /**
   * What it answers. Where that was deleted meanwhile, it stands in the thread all the same. It is
   * in the views already itself, and is no end of the thread that it answers.
   */
  private Optional<Intent.Reply> replyBeside(
      Tx tx, AccountId account, PostView post, Set<PersonId> readers) {
    return post.parent()
        .or(post::root)
        .map(above -> reply(tx, account, above.value(), readers))
        .or(() -> replyToGone(tx, post.id().value()))
        .map(reply ->
            new Intent.Reply(
                reply.root(),
                reply.parent(),
                reply.parentAuthor(),
                reply.tips().stream()
                    .filter(tip -> tip.names().stream().noneMatch(post.names()::contains))
                    .toList()));
  }

  /**
   * What it answers, all of which was deleted: its names are known all the same. None where that
   * never went out: of what nobody else has nothing is said.
   */
  private Optional<Intent.Reply> replyToGone(Tx tx, long post) {
    record Above(long root, long parent) {}
    Optional<Above> above =
        tx.first(
            row -> new Above(row.number(0), row.number(1)),
            "SELECT root, ifnull(parent, root) FROM {posts.post}"
                + " WHERE post = ? AND root IS NOT NULL",
            post);
    return above
        .filter(one -> isElsewhere(gone(tx, one.root())))
        .flatMap(one -> {
          long answered = isElsewhere(gone(tx, one.parent())) ? one.parent() : one.root();
          Target parent = gone(tx, answered);
          return tx.number("SELECT author FROM {posts.gone} WHERE alias = ?", answered)
              .map(author -> person(tx, new PersonLoader(tx, aliases).personOf(author)))
              .map(author ->
                  new Intent.Reply(gone(tx, one.root()), parent, author, List.of(parent)));
        });
  }

  private static boolean isElsewhere(Target post) {
    return post.names().stream().anyMatch(name -> !name.network().equals(NetworkId.HOME));
  }

  private Target gone(Tx tx, long alias) {
    List<Ref> names =
        tx
            .all(
                row -> row.number(0),
                "SELECT o.alias FROM {posts.gone} g JOIN {posts.gone} o ON o.post = g.post"
                    + " WHERE g.alias = ? ORDER BY o.alias",
                alias)
            .stream()
            .map(number -> aliases.name(tx, number))
            .toList();
    return new Target(names.isEmpty() ? List.of(aliases.name(tx, alias)) : names);
  }

  /**
   * @param readers whom it is for besides the account, when it is a letter
   */
  private Intent.Reply reply(Tx tx, AccountId account, long parent, Set<PersonId> readers) {
    boolean sealed = isSealed(tx, parent);
    Optional<Long> named =
        tx.number("SELECT root FROM {posts.post} WHERE post = ? AND root IS NOT NULL", parent);
    Optional<Long> here = named.flatMap(alias -> Posts.named(tx, alias));
    // What anybody may read does not speak of a letter, even where what it answers did.
    boolean hidden = !sealed && named.filter(alias -> isLetter(tx, alias)).isPresent();
    long root = hidden ? parent : here.orElse(parent);
    return new Intent.Reply(
        // Where the root itself is not here, the one name its reply knows it by.
        !hidden && named.isPresent() && here.isEmpty()
            ? new Target(List.of(aliases.name(tx, named.get())))
            : post(tx, root),
        post(tx, parent),
        authorOf(tx, parent),
        tips(tx, account, root, sealed, readers));
  }

  /**
   * A letter to everybody whom its text names; an answer to a letter goes to those of that one's
   * readers whom the account does not block, because they are those whom it sees there.
   *
   * @param to further readers
   * @param answered what it answers
   * @throws Refusal when it names somebody whom the account blocks; when nobody is left to whom an
   *     answer could go; when an answer to a letter names somebody whom that one was not for:
   *     nobody is added to a conversation that others believed to be among themselves
   */
  public Intent.Letter letter(
      AccountId account,
      Collection<PersonId> to,
      String text,
      Optional<PostId> answered,
      String contentWarning) {
    List<Intent.Mention> mentions = mentions(text);
    // Somebody who was never heard of gets a number, and can be written to.
    Set<PersonId> readers =
        store.write(Lane.OWN, tx -> readers(tx, account, to, mentions, answered));
    return new Intent.Letter(
        readers.stream().map(this::person).toList(),
        text,
        answered.map(id -> store.read(tx -> reply(tx, account, Posts.current(tx, id), readers))),
        contentWarning,
        mentions);
  }

  private Set<PersonId> readers(
      Tx tx,
      AccountId account,
      Collection<PersonId> to,
      List<Intent.Mention> mentions,
      Optional<PostId> answered) {
    PersonLoader people = new PersonLoader(tx, aliases);
    Set<PersonId> readers = new LinkedHashSet<>();
    to.forEach(person -> readers.add(people.current(person)));
    for (Intent.Mention mention : mentions) {
      Ref named = mention.person().names().getFirst();
      readers.add(people.personOf(aliases.number(tx, named)));
    }
    Set<PersonId> blocked = persons(people, Circle.blocked(tx, account));
    if (readers.stream().anyMatch(blocked::contains)) {
      throw new Refusal("you block somebody this letter is for; leave her out, or unblock her");
    }
    Set<PersonId> selves = persons(people, Circle.own(tx, account));
    Optional<Long> letter =
        answered.map(id -> Posts.current(tx, id)).filter(post -> isSealed(tx, post));
    if (letter.isPresent()) {
      Set<PersonId> before = Posts.readers(tx, people, letter.get());
      if (!before.containsAll(readers)) {
        throw new Refusal(
            "this letter was not for everybody named here; begin a new one to write to them, too");
      }
      boolean toOthers = !selves.containsAll(before);
      before.removeAll(blocked);
      if (toOthers && selves.containsAll(before)) {
        throw new Refusal("you block everybody whom this letter was for");
      }
      readers.addAll(before);
    }
    readers.removeAll(selves);
    return readers;
  }

  private static Set<PersonId> persons(PersonLoader people, Set<Long> identities) {
    return identities.stream().map(people::personOf).collect(Collectors.toSet());
  }

  private static boolean isSealed(Tx tx, long post) {
    return tx.number("SELECT 1 FROM {posts.post} WHERE post = ? AND sealed = 1", post).isPresent();
  }

  /** Also what nobody here can read: that somebody can is nobody else's affair. */
  private static boolean isLetter(Tx tx, long alias) {
    return tx.number(
                "SELECT 1 FROM {sealed.fact} s JOIN fact t ON t.local_seq = s.seq"
                    + " WHERE t.alias = ?",
                alias)
            .isPresent()
        || Posts.named(tx, alias).filter(post -> isSealed(tx, post)).isPresent();
  }

  private static final int TIPS_MAX = 8;

  /** Of longer threads only the newest posts are looked at. */
  private static final int THREAD_POSTS_MAX = 1_000;

  /**
   * The ends of the thread as everybody sees it whom the answer is for: what only blocked people
   * answered is one. Of open posts only open ones speak, and of letters only such as all its
   * readers have: who can't read them shall not hear of them.
   */
  private List<Target> tips(
      Tx tx, AccountId account, long root, boolean sealed, Set<PersonId> readers) {
    record Placed(long post, Optional<Long> above) {}
    PersonLoader people = new PersonLoader(tx, aliases);
    List<Placed> thread =
        tx
            .all(
                row -> new Placed(row.number(0), row.numberIfAny(1)),
                "SELECT p.post, (SELECT f.post FROM {posts.face} f WHERE f.alias = p.parent)"
                    + " FROM {posts.post} p WHERE (p.post = ? OR p.root IN"
                    + " (SELECT alias FROM {posts.face} WHERE post = ?))"
                    + " AND p.author NOT IN (SELECT value FROM json_each(?))"
                    + " AND p.sealed = ? AND "
                    + Posts.READABLE
                    + " ORDER BY p.effective_ms DESC LIMIT ?",
                root,
                root,
                Numbers.json(Circle.blocked(tx, account)),
                sealed,
                account.value(),
                THREAD_POSTS_MAX)
            .stream()
            .filter(one -> !sealed || Posts.readers(tx, people, one.post()).containsAll(readers))
            .toList();
    Set<Long> answered =
        thread.stream()
            .filter(one -> !one.above().equals(Optional.of(one.post())))
            .flatMap(one -> one.above().stream())
            .collect(Collectors.toSet());
    return thread.stream()
        .filter(one -> !answered.contains(one.post()))
        .limit(TIPS_MAX)
        .map(tip -> post(tx, tip.post()))
        .toList();
  }

  /** The people whom a text names by links. */
  public List<Intent.Mention> mentions(String text) {
    List<Intent.Mention> mentions = new ArrayList<>();
    Matcher links = MENTION.matcher(text);
    while (links.find() && mentions.size() < MENTIONS_MAX) {
      String name = links.group(1);
      parsePerson(links.group(2))
          .ifPresent(ref -> mentions.add(new Intent.Mention(new Target(List.of(ref)), name)));
    }
    return mentions;
  }

  /** Whom the typed text names, asking each network in turn. */
  public Optional<Ref> parsePerson(String typed) {
    return networks.stream().flatMap(network -> network.parsePerson(typed).stream()).findFirst();
  }
}
