package org.skep.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skep.engine.LettersReader;
import org.skep.engine.PeopleReader;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Blobs;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/**
 * Turns what the engine shows into Mastodon's entities for one client, whose own name for this node
 * stands in every address. Remembers people, so that a list asks for each only once. One thread.
 */
final class ShapeMaker {
  /** Mastodon writes milliseconds, always three digits. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String ICON = "/app/icon.svg";
  private static final String TAGS = "/tags/";

  private final Sources sources;
  private final AccountId viewer;
  private final Origins origins;
  private final Map<PersonId, Shapes.Account> known = new HashMap<>();
  private final Map<PersonId, String> accts = new HashMap<>();

  /** Where it looks things up. */
  record Sources(
      Reader reader,
      PeopleReader people,
      Household household,
      Blobs blobs,
      AttachmentShapes attachments) {}

  ShapeMaker(Sources sources, AccountId viewer, Origins origins) {
    this.sources = sources;
    this.viewer = viewer;
    this.origins = origins;
  }

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  List<Shapes.Account> accounts(List<PersonView> people) {
    return people.stream().map(this::account).toList();
  }

  Shapes.Account account(PersonView person) {
    Shapes.Account account = known.get(person.id());
    if (account == null) {
      account = account(person, null);
      known.put(person.id(), account);
    }
    return account;
  }

  /** The account as its owner gets it. */
  Shapes.Account ownAccount(PersonView person) {
    return account(
        person, new Shapes.Source(person.description(), List.of(), "public", false, null, 0));
  }

  private Shapes.Account account(PersonView person, Shapes.@Nullable Source source) {
    PeopleReader.Counts counts = sources.people().counts(viewer, person.id());
    String icon = origins.app() + ICON;
    String picture = picture(person).orElse(icon);
    return new Shapes.Account(
        person.id().toString(),
        username(person),
        acct(person),
        person.name(),
        false,
        false,
        false,
        false,
        time(person.seenMillis()),
        Markdown.html(person.description(), Set.of(), Places.NOWHERE),
        url(person),
        Names.main(person).map(Names::uri).orElse(url(person)),
        picture,
        picture,
        icon,
        icon,
        counts.followers(),
        counts.following(),
        counts.posts(),
        null,
        List.of(),
        List.of(),
        new Shapes.AccountExtra(person.description(), faces(person.identities()), forked(person)),
        source);
  }

  private @Nullable String forked(PersonView person) {
    String whose = person.name().isEmpty() ? "this person's" : person.name() + "'s";
    return sources
        .people()
        .forkedAt(person.id())
        .map(place ->
            ("Two different entries at place %d of %s log are known. Skep goes on with the one it"
                    + " had first; other computers may have the other.")
                .formatted(place, whose))
        .orElse(null);
  }

  /** Her picture's address, where the picture itself is here and can be shown. */
  private Optional<String> picture(PersonView person) {
    return person
        .picture()
        .flatMap(sources.blobs()::find)
        .map(Blobs.BlobInfo::hash)
        .filter(sources.attachments()::isPicture)
        .map(blob -> BlobCalls.address(origins, blob));
  }

  List<Shapes.Status> statuses(List<PostView> posts) {
    return posts.stream().map(this::status).toList();
  }

  /** The post; where it stands in a list for a boost, the boost around it. */
  Shapes.Status status(PostView post) {
    return post.boost()
        .map(boost -> boost(boost, whole(post, null)))
        .orElseGet(() -> whole(post, null));
  }

  /** The post as it was before it was deleted, with its text as it was typed. */
  Shapes.Status deleted(PostView post) {
    return whole(post, post.ownWords());
  }

  List<Shapes.StatusEdit> edits(PostView post, List<PostView.Version> versions) {
    Places places = new PostPlaces(sources.reader(), viewer, post, this::url, origins.app() + TAGS);
    return versions.stream()
        .map(version ->
            new Shapes.StatusEdit(
                Markdown.html(version.text(), blobs(version.attachments()), places),
                version.contentWarning(),
                !version.contentWarning().isEmpty(),
                time(version.writtenMillis()),
                account(post.author()),
                sources.attachments().attachments(version.attachments(), origins),
                List.of()))
        .toList();
  }

  private static Set<Hash> blobs(List<PostView.Shown> shown) {
    return shown.stream()
        .map(attachment -> attachment.attachment().blob())
        .collect(Collectors.toSet());
  }

  /** As Mastodon has it: by whom and when, and what stands within once more. */
  private Shapes.Status boost(PostView.Boost boost, Shapes.Status of) {
    Shapes.Account by = account(boost.by());
    return new Shapes.Status(
        boost.id().toString(),
        time(boost.writtenMillis()),
        null,
        null,
        of.sensitive(),
        of.spoilerText(),
        of.visibility(),
        null,
        of.uri(),
        of.url(),
        of.repliesCount(),
        of.reblogsCount(),
        of.favouritesCount(),
        of.editedAt(),
        of.favourited(),
        of.reblogged(),
        false,
        of.bookmarked(),
        false,
        of.content(),
        of,
        null,
        by,
        List.of(),
        of.mentions(),
        of.tags(),
        List.of(),
        null,
        null,
        null,
        of.skep());
  }

  private Shapes.Status whole(PostView post, @Nullable String text) {
    Shapes.Account author = account(post.author());
    Places places = new PostPlaces(sources.reader(), viewer, post, this::url, origins.app() + TAGS);
    return new Shapes.Status(
        post.id().toString(),
        time(post.writtenMillis()),
        post.parent().map(PostId::toString).orElse(null),
        post.parentAuthor().map(PersonId::toString).orElse(null),
        !post.contentWarning().isEmpty(),
        post.contentWarning(),
        post.readers().isPresent() ? "direct" : "public",
        null,
        uri(post),
        author.url() + "/" + post.id(),
        post.replies(),
        post.boosts(),
        post.likes(),
        post.editedMillis().map(ShapeMaker::time).orElse(null),
        post.liked(),
        post.boosted(),
        false,
        post.bookmarked(),
        false,
        Markdown.html(post.text(), blobs(post.attachments()), places),
        null,
        null,
        author,
        sources.attachments().attachments(post.attachments(), origins),
        mentions(post),
        post.tags().stream().map(this::tag).toList(),
        List.of(),
        null,
        null,
        text,
        new Shapes.StatusExtra(
            post.text(),
            post.kind().orElse(null),
            time(post.arrivedMillis()),
            faces(post.names()),
            accounts(post.boosters()),
            delivery(post),
            post.held().map(held -> time(held.dueMillis())).orElse(null),
            post.readers().map(this::accounts).orElse(null)));
  }

  /** Of a letter also its readers: that is how programs know whom an answer goes to. */
  private List<Shapes.Mention> mentions(PostView post) {
    Stream<PersonView> named = post.mentions().stream().map(PostView.PersonMention::person);
    Stream<PersonView> readers =
        post.readers().orElse(List.of()).stream()
            .filter(reader -> !reader.id().equals(post.author().id()));
    return Stream.concat(named, readers).map(this::mention).distinct().toList();
  }

  Shapes.Conversation conversation(LettersReader.Conversation letters) {
    return new Shapes.Conversation(
        letters.first().toString(),
        letters.unread(),
        accounts(letters.people()),
        status(letters.last()));
  }

  Shapes.Relationship relationship(PersonId person, Reader.Relationship stands) {
    return new Shapes.Relationship(
        person.toString(),
        stands.following(),
        stands.following(),
        false,
        List.of(),
        stands.followedBy(),
        stands.blocking(),
        stands.blockedBy(),
        false,
        false,
        false,
        false,
        false,
        false,
        "",
        new Shapes.RelationshipExtra(stands.blockingTold()));
  }

  private Shapes.Tag tag(String tag) {
    return new Shapes.Tag(tag, origins.app() + TAGS + Names.inPath(tag));
  }

  private Shapes.Mention mention(PersonView person) {
    return new Shapes.Mention(person.id().toString(), username(person), acct(person), url(person));
  }

  private String url(PersonView person) {
    return origins.app() + "/@" + acct(person);
  }

  private String acct(PersonView person) {
    return accts.computeIfAbsent(person.id(), _ -> sources.household().acct(person));
  }

  private String username(PersonView person) {
    return person.own() ? acct(person) : Names.username(person);
  }

  private static String uri(PostView post) {
    return post.names().stream()
        .filter(ref -> !ref.network().equals(NetworkId.HOME))
        .findFirst()
        .or(() -> post.names().stream().findFirst())
        .map(Names::uri)
        .orElse("urn:skep:post:" + post.id());
  }

  private static List<Shapes.Face> faces(List<Ref> names) {
    return names.stream().map(ref -> new Shapes.Face(ref.network().name(), ref.id())).toList();
  }

  /** Said only of own posts: nobody else's way is known. */
  private static Shapes.@Nullable DeliveryWords delivery(PostView post) {
    if (!post.own()) {
      return null;
    }
    if (post.held().isPresent()) {
      String trouble = post.held().get().trouble();
      return trouble.isEmpty()
          ? new Shapes.DeliveryWords(
              "held", "Nobody else has it yet; until it goes out it can be undone.")
          : new Shapes.DeliveryWords("refused", "It could not go out yet: " + trouble);
    }
    Optional<PersonView> first = post.holders().first();
    if (first.isEmpty()) {
      return new Shapes.DeliveryWords("waiting", "Waiting for somebody else's computer.");
    }
    String name = first.get().name().isEmpty() ? "somebody" : first.get().name();
    int others = post.holders().people() - 1;
    String words =
        switch (others) {
          case 0 -> "Delivered to " + name + ".";
          case 1 -> "Delivered to " + name + " and one other.";
          default -> "Delivered to " + name + " and " + others + " others.";
        };
    return new Shapes.DeliveryWords("confirmed", words);
  }
}
