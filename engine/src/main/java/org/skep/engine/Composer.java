package org.skep.engine;

import java.util.ArrayList;
import java.util.Collection;
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
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Target;
import org.skep.kernel.Tx;

/** Fills in what an intent needs to know of the posts and people it is about. */
public final class Composer {
  /** {@code [@name](address)}, as Markdown links that name a person. */
  private static final Pattern MENTION =
      Pattern.compile("\\[@([^\\]\\n]{1,80})\\]\\(([^)\\s]+)\\)");

  private static final int MENTIONS_MAX = 32;

  private final Store store;
  private final Aliases aliases;
  private final List<Network> networks;

  Composer(Store store, Aliases aliases, List<Network> networks) {
    this.store = store;
    this.aliases = aliases;
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
      Optional<List<Target>> readers = otherReaders(tx, account, post);
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
          readers,
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
      return new Intent.Delete(post(tx, post), otherReaders(tx, account, post));
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
  private Optional<List<Target>> otherReaders(Tx tx, AccountId account, long post) {
    if (!isSealed(tx, post)) {
      return Optional.empty();
    }
    Set<PersonId> readers = readers(tx, post);
    readers.removeAll(selves(tx, account));
    return Optional.of(readers.stream().map(reader -> person(tx, reader)).toList());
  }

  private boolean isAmong(
      Tx tx, AccountId account, List<Target> readers, List<Intent.Mention> mentions) {
    PersonLoader people = new PersonLoader(tx, aliases);
    Set<PersonId> among = selves(tx, account);
    readers.forEach(
        reader -> among.add(people.personOf(aliases.number(tx, reader.names().getFirst()))));
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
    return store.read(tx -> reply(tx, account, Posts.current(tx, answered)));
  }

  private Intent.Reply reply(Tx tx, AccountId account, long parent) {
    long root =
        tx.number(
                "SELECT f.post FROM {posts.post} p"
                    + " JOIN {posts.face} f ON f.alias = p.root WHERE p.post = ?",
                parent)
            .orElse(parent);
    return new Intent.Reply(
        root(tx, parent, root),
        post(tx, parent),
        authorOf(tx, parent),
        // Letters about an open post may have other readers each.
        isSealed(tx, parent) && !isSealed(tx, root)
            ? List.of()
            : tips(tx, account, root, isSealed(tx, parent)));
  }

  /**
   * A post or letter of the account's own as it stands now, to be said to others.
   *
   * @param operation its alias
   * @return empty when it is not here any more
   */
  Optional<Intent> asItStands(Tx tx, AccountId account, long operation) {
    return tx.number("SELECT post FROM {posts.face} WHERE alias = ?", operation)
        .flatMap(new PostLoader(tx, aliases, Circle.of(tx, account))::load)
        .map(post -> asItStands(tx, account, post));
  }

  private Intent asItStands(Tx tx, AccountId account, PostView post) {
    // Where what it answers was deleted meanwhile, it stands in the thread all the same.
    Optional<Intent.Reply> reply =
        post.parent().or(post::root).map(above -> replyBeside(tx, account, above, post));
    List<Intent.Mention> mentions = mentions(post.text());
    return otherReaders(tx, account, post.id().value())
        .<Intent>map(readers ->
            new Intent.Letter(readers, post.text(), reply, post.contentWarning(), mentions))
        .orElseGet(() ->
            new Intent.Post(
                Audience.ANYBODY,
                post.text(),
                reply,
                post.contentWarning(),
                mentions,
                post.attachments().stream().map(PostView.Shown::attachment).toList()));
  }

  /** The answer itself is in the views already, and is no end of the thread that it answers. */
  private Intent.Reply replyBeside(Tx tx, AccountId account, PostId above, PostView self) {
    Intent.Reply reply = reply(tx, account, above.value());
    return new Intent.Reply(
        reply.root(),
        reply.parent(),
        reply.parentAuthor(),
        reply.tips().stream()
            .filter(tip -> tip.names().stream().noneMatch(self.names()::contains))
            .toList());
  }

  /** The root's names; where the root itself is not here, the one name its reply knows it by. */
  private Target root(Tx tx, long parent, long root) {
    Optional<Long> named = tx.number("SELECT root FROM {posts.post} WHERE post = ?", parent);
    return root == parent && named.isPresent()
        ? new Target(List.of(aliases.name(tx, named.get())))
        : post(tx, root);
  }

  private static final int TIPS_MAX = 8;

  /**
   * A letter to everybody whom its text names; an answer to a letter goes to that one's readers.
   *
   * @param to further readers
   * @param answered what it answers
   * @throws Refusal when an answer to a letter names somebody whom that one was not for: nobody is
   *     added to a conversation that others believed to be among themselves
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
        answered.map(id -> reply(account, id)),
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
    Optional<Long> letter =
        answered.map(id -> Posts.current(tx, id)).filter(post -> isSealed(tx, post));
    if (letter.isPresent()) {
      Set<PersonId> before = readers(tx, letter.get());
      if (!before.containsAll(readers)) {
        throw new Refusal(
            "this letter was not for everybody named here; begin a new one to write to them, too");
      }
      readers.addAll(before);
    }
    readers.removeAll(selves(tx, account));
    return readers;
  }

  private Set<PersonId> readers(Tx tx, long letter) {
    PersonLoader people = new PersonLoader(tx, aliases);
    return tx
        .all(
            row -> people.personOf(row.number(0)),
            "SELECT person FROM {posts.reader} WHERE post = ? ORDER BY person",
            letter)
        .stream()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<PersonId> selves(Tx tx, AccountId account) {
    PersonLoader people = new PersonLoader(tx, aliases);
    return Circle.own(tx, account).stream()
        .map(people::personOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isSealed(Tx tx, long post) {
    return tx.number("SELECT 1 FROM {posts.post} WHERE post = ? AND sealed = 1", post).isPresent();
  }

  /**
   * The ends of the thread as the account sees it: what only blocked people answered is one. Of
   * letters only letters speak, and of open posts open ones: who can't read them shall not hear of
   * them.
   */
  private List<Target> tips(Tx tx, AccountId account, long root, boolean sealed) {
    String hidden = Numbers.json(Circle.blocked(tx, account));
    return tx
        .all(
            row -> row.number(0),
            "SELECT p.post FROM {posts.post} p WHERE (p.post = ? OR p.root IN"
                + " (SELECT alias FROM {posts.face} WHERE post = ?))"
                + " AND p.author NOT IN (SELECT value FROM json_each(?))"
                + " AND NOT EXISTS (SELECT 1 FROM {posts.post} q JOIN {posts.face} f"
                + " ON f.alias = q.parent WHERE f.post = p.post"
                + " AND q.sealed = p.sealed"
                + " AND q.author NOT IN (SELECT value FROM json_each(?)))"
                + " AND p.sealed = ? AND "
                + Posts.READABLE
                + " ORDER BY p.effective_ms DESC LIMIT ?",
            root,
            root,
            hidden,
            hidden,
            sealed,
            account.value(),
            TIPS_MAX)
        .stream()
        .map(tip -> post(tx, tip))
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
