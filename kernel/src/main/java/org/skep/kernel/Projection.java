package org.skep.kernel;

import java.util.List;

/**
 * A view: tables that follow from the facts, and can be dropped and built again at any time. A
 * function of the events in {@code localSeq} order, never of clock, policy or keys at hand. It
 * reads and writes only its own tables.
 */
public interface Projection {
  /** Lower-case letters; the first half of every table name. */
  String name();

  /** A view of another version is built anew before the node answers anybody. */
  int version();

  /**
   * The statements that make its tables and indexes, with names in the form {@code {view.table}}.
   */
  List<String> schema();

  /**
   * Takes in one event.
   *
   * @param cause the fact that says it
   */
  void apply(Tx tx, Fact cause, DomainEvent event);

  /** Its tables in the order of a canonical dump, each with the statement that lists its rows. */
  List<String> dump();
}
