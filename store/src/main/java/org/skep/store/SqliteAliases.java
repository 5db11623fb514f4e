package org.skep.store;

import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/** The table of foreign names and their numbers. */
public final class SqliteAliases implements Aliases {
  /** A name whose number is known for the rest of a transaction: names are never renumbered. */
  private record Numbered(Ref name) {}

  /** A name that was looked for in vain; it has no number until it is given one here. */
  private record Unnumbered(Ref name) {}

  @Override
  public long number(Tx tx, Ref name) {
    return tx.once(
            new Numbered(name),
            () ->
                tx.<Boolean>once(new Unnumbered(name), Optional::empty).isPresent()
                    ? give(tx, name)
                    : read(tx, name).or(() -> give(tx, name)))
        .orElseThrow();
  }

  private static Optional<Long> give(Tx tx, Ref name) {
    return tx.number(
        "INSERT INTO alias (hash, network, foreign_id) VALUES (?, ?, ?) RETURNING number",
        hash(name),
        name.network().name(),
        name.id());
  }

  @Override
  public Optional<Long> find(Tx tx, Ref name) {
    Optional<Long> number = tx.once(new Numbered(name), () -> read(tx, name));
    if (number.isEmpty()) {
      tx.once(new Unnumbered(name), () -> Optional.of(true));
    }
    return number;
  }

  private static Optional<Long> read(Tx tx, Ref name) {
    return tx.number(
        "SELECT number FROM alias WHERE hash = ? AND network = ? AND foreign_id = ?",
        hash(name),
        name.network().name(),
        name.id());
  }

  private static long hash(Ref name) {
    return NameHash.of(name.network().name(), name.id());
  }

  @Override
  public Ref name(Tx tx, long number) {
    return tx.first(
            row -> new Ref(new NetworkId(row.text(0)), row.text(1)),
            "SELECT network, foreign_id FROM alias WHERE number = ?",
            number)
        .orElseThrow(() -> new StoreException("nothing has the number " + number));
  }
}
