package org.skep.api;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Tags;

/** What the text of one post names: its people, its tags, and posts that one account may see. */
final class PostPlaces implements Places {
  /** A text that links to more is made to burden us. */
  private static final int POSTS_MAX = 16;

  private final Reader reader;
  private final AccountId viewer;
  private final Function<PersonView, String> addressOf;
  private final String tags;
  private final Map<String, Place> people = new HashMap<>();
  private final Map<String, Place> called = new HashMap<>();
  private final Set<String> about;
  private final Set<NetworkId> networks = new HashSet<>();
  private int looked;

  /**
   * @param addressOf where somebody's page is
   * @param tags what stands before a tag in the address of its page
   */
  PostPlaces(
      Reader reader,
      AccountId viewer,
      PostView post,
      Function<PersonView, String> addressOf,
      String tags) {
    this.reader = reader;
    this.viewer = viewer;
    this.addressOf = addressOf;
    this.tags = tags;
    this.about = Set.copyOf(post.tags());
    post.names().stream()
        .map(Ref::network)
        .filter(network -> !network.equals(NetworkId.HOME))
        .forEach(networks::add);
    for (PostView.PersonMention mention : post.mentions()) {
      String name = mention.person().name();
      Place place =
          new Place(
              addressOf.apply(mention.person()),
              name.isBlank() ? Names.beginning(mention.ref()) : "@" + name);
      people.put(mention.ref().id(), place);
      called.putIfAbsent(mention.name().toLowerCase(Locale.ROOT), place);
    }
  }

  @Override
  public Optional<Place> person(String id) {
    return Optional.ofNullable(people.get(id));
  }

  @Override
  public Optional<Place> called(String name) {
    return Optional.ofNullable(called.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Optional<Place> post(String link) {
    Optional<String> id = Names.message(link);
    if (id.isEmpty() || looked++ >= POSTS_MAX) {
      return Optional.empty();
    }
    return networks.stream()
        .flatMap(network -> reader.postNamed(new Ref(network, id.get())).stream())
        .flatMap(post -> reader.post(viewer, post).stream())
        .findFirst()
        .map(post ->
            new Place(
                addressOf.apply(post.author()) + "/" + post.id(),
                "a post by "
                    + (post.author().name().isBlank() ? "somebody" : post.author().name())));
  }

  @Override
  public Optional<Place> tag(String written) {
    return Tags.normalise(written)
        .filter(about::contains)
        .map(tag -> new Place(tags + Names.inPath(tag), written));
  }
}
