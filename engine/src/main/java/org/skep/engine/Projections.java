package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Lane;
import org.skep.kernel.Projection;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Keeps every view up to date with the facts, and builds views anew in shadow tables while the old
 * ones serve. How far a view has read stands in the same transaction as its rows.
 */
public final class Projections {
  /** A rebuild gives way to other writers after each slice. */
  private static final int SLICE_FACTS_MAX = 500;

  private static final long SLICE_NANOS_MAX = 40_000_000L;

  private final Store store;
  private final Facts facts;
  private final Clock clock;
  private final List<Projection> views;
  private final ReentrantLock rebuilding = new ReentrantLock();

  /** Reads facts as the networks do. */
  @FunctionalInterface
  public interface Reading {
    List<DomainEvent> events(Fact fact, Optional<Bytes> contentKey);
  }

  /** Hears how far a rebuild is. */
  @FunctionalInterface
  public interface Progress {
    void at(long done, long total);
  }

  public Projections(Store store, Facts facts, Clock clock, List<Projection> views) {
    this.store = store;
    this.facts = facts;
    this.clock = clock;
    this.views = List.copyOf(views);
  }

  /**
   * Makes missing tables, clears what an interrupted rebuild left, and says which views must be
   * built anew because they are new, of another version, or behind.
   */
  public boolean prepare() {
    return store.write(
        Lane.OWN,
        tx -> {
          boolean stale = false;
          long last = facts.lastSeq(tx);
          for (Projection view : views) {
            stale |= prepare(tx, view, last);
          }
          return stale;
        });
  }

  private boolean prepare(Tx tx, Projection view, long last) {
    Optional<State> state = state(tx, view);
    if (state.isEmpty()) {
      tx.run(
          "INSERT INTO projection (name, version, generation, offset) VALUES (?, ?, 1, ?)",
          view.name(),
          view.version(),
          0);
      create(tx, view, 1);
      return last > 0;
    }
    dropExcept(tx, view, state.get().generation());
    return state.get().version() != view.version() || state.get().offset() < last;
  }

  private record State(long version, long generation, long offset) {}

  private static Optional<State> state(Tx tx, Projection view) {
    return tx.first(
        row -> new State(row.number(0), row.number(1), row.number(2)),
        "SELECT version, generation, offset FROM projection WHERE name = ?",
        view.name());
  }

  private static void create(Tx tx, Projection view, long generation) {
    Tx shadow = tx.seeing(view.name(), generation);
    view.schema().forEach(shadow::run);
  }

  private static void dropExcept(Tx tx, Projection view, long generation) {
    // Virtual tables own others that vanish with them, so each is looked for again.
    for (String table :
        tx.all(
            row -> row.text(0),
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ? || '_*_[0-9]*'",
            view.name())) {
      if (!table.endsWith("_" + generation) && table.matches("[a-z]+_[a-z_]+_[0-9]+")) {
        tx.run("DROP TABLE IF EXISTS " + table);
      }
    }
  }

  /**
   * Takes a fact's events into every view, inside the transaction that keeps the fact. A view that
   * is behind stays marked so until it was built anew; one of another version is left as it is.
   */
  void apply(Tx tx, Fact fact, List<DomainEvent> events) {
    for (Projection view : views) {
      if (isOfThisVersion(tx, view)) {
        events.forEach(event -> view.apply(tx, fact, event));
      }
    }
    tx.run(
        "UPDATE projection SET offset = ? WHERE offset ="
            + " (SELECT ifnull(max(local_seq), 0) FROM fact WHERE local_seq < ?)",
        fact.localSeq(),
        fact.localSeq());
  }

  private static boolean isOfThisVersion(Tx tx, Projection view) {
    return state(tx, view).filter(state -> state.version() == view.version()).isPresent();
  }

  /**
   * Builds every view anew from the facts, beside the ones that serve, and changes over in one
   * transaction. Facts that arrive meanwhile are in both.
   */
  public void rebuild(Reading reading, Progress progress) {
    rebuilding.lock();
    try {
      List<Long> generations = store.write(Lane.REBUILD, this::beginShadows);
      long done = 0;
      while (done >= 0) {
        long from = done;
        progress.at(from, store.read(facts::lastSeq));
        done = store.write(Lane.REBUILD, tx -> slice(tx, reading, generations, from));
      }
    } finally {
      rebuilding.unlock();
    }
  }

  private List<Long> beginShadows(Tx tx) {
    List<Long> generations = new ArrayList<>();
    for (Projection view : views) {
      long serving = state(tx, view).orElseThrow().generation();
      dropExcept(tx, view, serving);
      create(tx, view, serving + 1);
      generations.add(serving + 1);
    }
    return generations;
  }

  /**
   * Reads a slice of facts into the shadows.
   *
   * @return how far it came; -1 when it reached the end and changed over
   */
  private long slice(Tx tx, Reading reading, List<Long> generations, long from) {
    Tx shadow = tx;
    for (int i = 0; i < views.size(); i++) {
      shadow = shadow.seeing(views.get(i).name(), generations.get(i));
    }
    long deadline = clock.monotonicNanos() + SLICE_NANOS_MAX;
    long done = from;
    List<Fact> slice = facts.after(tx, from, SLICE_FACTS_MAX);
    for (Fact fact : slice) {
      for (DomainEvent event : reading.events(fact, facts.contentKey(tx, fact.localSeq()))) {
        for (Projection view : views) {
          view.apply(shadow, fact, event);
        }
      }
      done = fact.localSeq();
      if (clock.monotonicNanos() > deadline) {
        break;
      }
    }
    if (done < facts.lastSeq(tx)) {
      return done;
    }
    changeOver(tx, generations, done);
    return -1;
  }

  private void changeOver(Tx tx, List<Long> generations, long offset) {
    for (int i = 0; i < views.size(); i++) {
      Projection view = views.get(i);
      tx.run(
          "UPDATE projection SET version = ?, generation = ?, offset = ? WHERE name = ?",
          view.version(),
          generations.get(i),
          offset,
          view.name());
      dropExcept(tx, view, generations.get(i));
    }
  }

  /** Every row of every view in a canonical order, for comparing. */
  public List<String> dump() {
    return store.read(tx -> {
      List<String> lines = new ArrayList<>();
      for (Projection view : views) {
        for (String query : view.dump()) {
          lines.add("-- " + view.name() + ": " + query);
          lines.addAll(tx.all(row -> row.text(0), query));
        }
      }
      return lines;
    });
  }
}
