package org.skep.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skep.engine.MemoryDiary;
import org.skep.engine.PersonView;
import org.skep.engine.WhyReader;
import org.skep.kernel.Ref;
import org.skep.kernel.Texts;

/**
 * Says in plain sentences why somebody's log is here or is not. Pure.
 *
 * @param person whose log it is
 * @param names what the people at peers are called; empty when unknown
 * @param nowMillis since 1970
 */
record WhyWords(PersonView person, Function<Ref, String> names, long nowMillis) {
  private static final int NAME_CHARS_MAX = 60;

  /** What is said of a log before its peers. */
  List<String> log(WhyReader.Log log) {
    List<String> words = new ArrayList<>();
    words.add(standing(log));
    if (log.standing().isWanted()) {
      words.add(here(log));
    }
    if (log.waiting() > 0) {
      words.add(
          entries(log.waiting())
              + (log.waiting() == 1 ? " waits" : " wait")
              + " for number "
              + (log.here() + 1)
              + ", which has not come.");
    }
    log.forkedAt()
        .ifPresent(place ->
            words.add(
                "Two different entries are known at place "
                    + place
                    + ": the log was written at two places at once. What came first is kept, and"
                    + " what follows the other one is refused."));
    return words;
  }

  private String standing(WhyReader.Log log) {
    String her = her();
    return switch (log.standing()) {
      case OWN -> "This is your own log.";
      case FOLLOWED -> "You follow " + her + ".";
      case FRIENDS_FRIEND ->
          "You don't follow %s, but %s."
              .formatted(her, via(log).map(who -> who + ", whom you follow").orElse("friends do"));
      case BLOCKED -> "You block " + her + ", and so nothing is asked for.";
      case WITHHELD -> "Nothing of " + her + " is asked for on your behalf.";
      case TOO_FAR ->
          log.hops() == 0
              ? "You chose that nobody's posts are fetched. To fetch those of people you follow,"
                  + " say: ./skep reach 1"
              : "You don't follow %s, and chose to fetch nothing of those whom your friends follow."
                      .formatted(her)
                  + " To fetch that too, say: ./skep reach 2";
      case OUTVOTED ->
          "You don't follow %s, and of those you follow at least as many block as follow %s."
              .formatted(her, her);
      case STRANGER ->
          "You don't follow %s, nor does anybody whom you follow, and so nothing is asked for."
              .formatted(her);
    };
  }

  private Optional<String> via(WhyReader.Log log) {
    List<String> friends = log.via().stream().map(WhyWords::name).toList();
    if (friends.isEmpty()) {
      return Optional.empty();
    }
    String others = log.viaOthers() == 0 ? "" : " and " + log.viaOthers() + " more";
    boolean one = friends.size() == 1 && log.viaOthers() == 0;
    return Optional.of(String.join(", ", friends) + others + (one ? " does" : " do"));
  }

  private String here(WhyReader.Log log) {
    return log.here() == 0
        ? "Nothing of this log is here yet."
        : "%s of this log %s here, the last one from %s."
            .formatted(
                entries(log.here()), log.here() == 1 ? "is" : "are", ago(log.latestMillis()));
  }

  /** Whether anybody says to have more of a log than is here. */
  String more(WhyReader.Log log) {
    return log.pages().stream()
        .flatMap(page -> page.has().map(has -> new Claim(page.peer(), has.sequence())).stream())
        .filter(claim -> claim.sequence() > log.here())
        .max((one, other) -> Long.compare(one.sequence(), other.sequence()))
        .map(claim ->
            "%s says that there are entries up to number %d."
                .formatted(computer(claim.peer()), claim.sequence()))
        .orElse("As far as is known, none of the computers you are connected to has more of it.");
  }

  private record Claim(Ref peer, long sequence) {}

  /** How it went with a peer of whom something is written down. */
  String peer(MemoryDiary.Page page, boolean connected) {
    List<String> parts = new ArrayList<>();
    page.asked()
        .ifPresent(asked ->
            parts.add(
                asked.sequence() == 0
                    ? "was asked for all of it " + ago(asked.atMillis())
                    : "was asked for what follows number %d %s"
                        .formatted(asked.sequence(), ago(asked.atMillis()))));
    if (page.spared()) {
      parts.add(
          page.asked().isPresent()
              ? "is not asked now, because one at a time is"
              : "was not asked, because one at a time is");
    }
    if (page.declined()) {
      parts.add("said that it does not want this log");
    }
    page.has()
        .ifPresent(has ->
            parts.add(
                has.sequence() == 0
                    ? "said that it has nothing of it"
                    : "said that it has it up to number " + has.sequence()));
    page.came()
        .ifPresent(came ->
            parts.add(
                "brought %s, the last %s"
                    .formatted(entries(page.entries()), ago(came.atMillis()))));
    page.trouble()
        .ifPresent(trouble ->
            parts.add(
                "failed %s: %s"
                    .formatted(
                        ago(trouble.atMillis()), Texts.withinALine(trouble.reason()).strip())));
    return computer(page.peer())
        + (connected ? " (connected) " : " (not connected) ")
        + String.join("; ", parts)
        + ".";
  }

  /** A peer with which this log was not spoken of. */
  String silent(Ref peer) {
    return computer(peer) + " (connected): nothing was said of this log yet.";
  }

  private String her() {
    return name(person);
  }

  private static String name(PersonView person) {
    return person.name().isBlank()
        ? Names.main(person).map(Names::beginning).orElse("this person")
        : shortened(person.name());
  }

  private String computer(Ref peer) {
    String name = names.apply(peer);
    return (name.isBlank() ? Names.beginning(peer) : shortened(name)) + "'s computer";
  }

  private static String shortened(String name) {
    String plain = Texts.withinALine(name);
    return plain.codePointCount(0, plain.length()) <= NAME_CHARS_MAX
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, NAME_CHARS_MAX)) + "…";
  }

  private static String entries(long count) {
    return count == 1 ? "1 entry" : count + " entries";
  }

  private String ago(long millis) {
    Duration past = Duration.ofMillis(nowMillis - millis);
    if (past.isNegative()) {
      return "just now";
    }
    if (past.toDays() > 1) {
      return past.toDays() + " days ago";
    }
    if (past.toHours() > 1) {
      return past.toHours() + " hours ago";
    }
    return past.toMinutes() > 1 ? past.toMinutes() + " minutes ago" : "just now";
  }
}
