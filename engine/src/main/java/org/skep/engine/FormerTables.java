package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/**
 * Clears tables of a view that no longer serve, or never came to. What is deleted is overwritten on
 * disk, which takes its time: so tables are emptied a few rows at a time before they are dropped.
 */
final class FormerTables {
  private static final int ROWS_MAX = 200;

  private FormerTables() {}

  /** A table whose number is not the serving one's. */
  private record Table(String name, boolean virtual) {}

  /**
   * Deletes some rows, and drops what is empty.
   *
   * @param serving the generation that stays
   * @return whether anything is left to clear
   */
  static boolean clearSome(Tx tx, Projection view, long serving) {
    Optional<Table> former =
        tx
            .all(
                row -> new Table(row.text(0), row.flag(1)),
                "SELECT name, sql LIKE 'CREATE VIRTUAL %' FROM sqlite_schema"
                    + " WHERE type = 'table' AND name GLOB ? || '_*_[0-9]*' ORDER BY name",
                view.name())
            .stream()
            .filter(table -> table.name().matches("[a-z]+_[a-z_]+_[0-9]+"))
            .filter(table -> !table.name().endsWith("_" + serving))
            .findFirst();
    if (former.isEmpty()) {
      return false;
    }
    for (String part : parts(tx, former.get())) {
      if (deleteSome(tx, part) > 0) {
        return true;
      }
    }
    tx.run("DROP TABLE " + former.get().name());
    return true;
  }

  /** Where the rows are: those of an index of words stand in tables of its own making. */
  private static List<String> parts(Tx tx, Table table) {
    return table.virtual()
        ? tx.all(
            row -> row.text(0),
            // Without its settings it could not be opened, and so not be dropped.
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ? || '_*'"
                + " AND name NOT GLOB '*_config' ORDER BY name",
            table.name())
        : List.of(table.name());
  }

  private static int deleteSome(Tx tx, String table) {
    String key =
        tx.first(
                row -> row.textIfAny(0).orElse("rowid"),
                "SELECT group_concat(c.name) FROM sqlite_schema s, pragma_table_info(s.name) c"
                    + " WHERE s.name = ? AND s.sql LIKE '%WITHOUT ROWID%' AND c.pk > 0",
                table)
            .orElseThrow();
    return tx.run(
        "DELETE FROM "
            + table
            + " WHERE ("
            + key
            + ") IN (SELECT "
            + key
            + " FROM "
            + table
            + " LIMIT "
            + ROWS_MAX
            + ")");
  }
}
