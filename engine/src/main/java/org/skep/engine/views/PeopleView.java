package org.skep.engine.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/**
 * Who people are: what each identity says of itself, and which identities are one person. A person
 * is the smallest alias number among her identities; the numbers that others of hers had before
 * still lead to her.
 *
 * <p>What was said since outranks the past of a log that is fetched later (see {@link
 * RelationsView}).
 */
public final class PeopleView implements Projection {
  private final Aliases aliases;
  private final Bonds bonds = new Bonds("people");

  public PeopleView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "people";
  }

  @Override
  public int version() {
    return 5;
  }

  @Override
  public List<String> schema() {
    List<String> statements = new ArrayList<>(bonds.schema());
    statements.add(
        "CREATE TABLE {people.profile} (identity INTEGER NOT NULL, field TEXT NOT NULL,"
            + " value TEXT NOT NULL, news INTEGER NOT NULL, seq INTEGER NOT NULL,"
            + " PRIMARY KEY (identity, field)) STRICT, WITHOUT ROWID");
    statements.add(
        "CREATE INDEX {people.profile_by_picture} ON {people.profile} (value)"
            + " WHERE field = 'PICTURE'");
    statements.add(
        "CREATE TABLE {people.person} (identity INTEGER PRIMARY KEY, person INTEGER NOT NULL,"
            + " first_seq INTEGER NOT NULL, merged_seq INTEGER, seen_ms INTEGER NOT NULL) STRICT");
    statements.add("CREATE INDEX {people.person_by_number} ON {people.person} (person)");
    return statements;
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    see(tx, cause, aliases.number(tx, cause.content().author()));
    switch (event) {
      case DomainEvent.PersonDescribed described -> {
        // What others say of a person is their business, not her name.
        if (described.author().equals(described.subject())) {
          tx.run(
              "INSERT INTO {people.profile} (identity, field, value, news, seq)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (identity, field) DO UPDATE"
                  + " SET value = excluded.value, news = excluded.news, seq = excluded.seq",
              aliases.number(tx, described.subject()),
              described.field().name(),
              described.value(),
              cause.news() ? 1 : 0,
              cause.localSeq());
        }
      }
      case DomainEvent.FaceDeclared declared -> {
        long author = aliases.number(tx, declared.author());
        long identity = aliases.number(tx, declared.identity());
        see(tx, cause, identity);
        if (bonds.declare(tx, author, identity)) {
          merge(tx, cause, author, identity);
        }
      }
      case DomainEvent.Related related -> see(tx, cause, aliases.number(tx, related.person()));
      case DomainEvent.PostPublished published ->
          published
              .mentions()
              .forEach(mentioned -> see(tx, cause, aliases.number(tx, mentioned.person())));
      case DomainEvent.Sealed sealed -> {}
      case DomainEvent.Reacted reacted -> {}
      case DomainEvent.Boosted boosted -> {}
      case DomainEvent.Edited edited -> {}
      case DomainEvent.Deleted deleted -> {}
      case DomainEvent.ReadUpTo readUpTo -> {}
      case DomainEvent.Bookmarked bookmarked -> {}
    }
  }

  /**
   * Keeps when an identity was first named here; what is said of her later changes nothing. What
   * was sealed may be read later than what came after it.
   */
  private static void see(Tx tx, Fact cause, long identity) {
    Seen seen = new Seen(tx, identity);
    Optional<Long> before = tx.once(seen, Optional::empty);
    if (before.isPresent() && before.get() <= cause.localSeq()) {
      return;
    }
    tx.once(seen, () -> Optional.of(cause.localSeq()));
    tx.run(
        "INSERT INTO {people.person} (identity, person, first_seq, seen_ms) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (identity) DO UPDATE SET first_seq = excluded.first_seq,"
            + " seen_ms = excluded.seen_ms WHERE excluded.first_seq < first_seq",
        identity,
        identity,
        cause.localSeq(),
        cause.receivedMillis());
  }

  /** For the fact by which an identity was named first, as far as this transaction has asked. */
  private record Seen(Tx seeing, long identity) {}

  /** Each of hers stands so since now: what was said of one before was not said of all. */
  private static void merge(Tx tx, Fact cause, long one, long other) {
    long first = person(tx, one);
    long second = person(tx, other);
    if (first != second) {
      tx.run(
          "UPDATE {people.person} SET person = ?, merged_seq = ? WHERE person IN (?, ?)",
          Math.min(first, second),
          cause.localSeq(),
          first,
          second);
    }
  }

  private static long person(Tx tx, long identity) {
    return tx.number("SELECT person FROM {people.person} WHERE identity = ?", identity)
        .orElse(identity);
  }

  @Override
  public List<String> dump() {
    return List.of(
        bonds.dump(),
        "SELECT identity || '|' || field || '|' || value || '|' || news || '|' || seq FROM {people.profile}"
            + " ORDER BY identity, field",
        "SELECT identity || '|' || person || '|' || first_seq || '|' || ifnull(merged_seq, '')"
            + " || '|' || seen_ms FROM {people.person} ORDER BY identity");
  }
}
