package org.skep.api;

import java.util.Optional;

/** A node that knows one person, one post and one tag. */
final class KnownPlaces implements Places {
  static final String POST = "%" + "A".repeat(43) + "=.sha256";

  @Override
  public Optional<Place> person(String id) {
    return id.equals("@ben") || id.equals("@" + "B".repeat(43) + "=.ed25519")
        ? Optional.of(new Place("http://localhost:1/@ben", "@Ben *"))
        : Optional.empty();
  }

  @Override
  public Optional<Place> called(String name) {
    return name.equals("benny")
        ? Optional.of(new Place("http://localhost:1/@ben", "@Ben"))
        : Optional.empty();
  }

  @Override
  public Optional<Place> post(String link) {
    return Names.message(link)
        .filter(POST::equals)
        .map(_ -> new Place("http://localhost:1/@ben/7", "a post by Ben"));
  }

  @Override
  public Optional<Place> tag(String written) {
    return written.equalsIgnoreCase("#bees")
        ? Optional.of(new Place("http://localhost:1/tags/bees", written))
        : Optional.empty();
  }
}
