package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.engine.views.PassedView;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Kept;
import org.skep.kernel.Lane;
import org.skep.kernel.Projection;
import org.skep.kernel.RecordException;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * Keeps every view up to date with the facts, and builds views anew in shadow tables. While views
 * of the same version are built, the old ones serve; nobody can read a view of another version,
 * because its columns may be others, and so that one is built before anybody asks. How far a view
 * has read stands in the same transaction as its rows. A fact that is damaged, or that a view trips
 * over, is passed over by all views, and that is told; it costs the other facts nothing.
 */
public final class Projections {
  private static final System.Logger LOG = System.getLogger(Projections.class.getName());

  /** A rebuild gives way to other writers after each slice. */
  private static final int SLICE_FACTS_MAX = 500;

  private static final long SLICE_NANOS_MAX = 40_000_000L;

  /** So many times a few rows are deleted in one slice. */
  private static final int CLEARINGS_MAX = 25;

  private final Store store;
  private final Facts facts;
  private final Clock clock;
  private final List<Projection> views;
  private final PassedView passed = new PassedView();
  private final ReentrantLock rebuilding = new ReentrantLock();
  private volatile boolean stopped;

  /**
   * The views that are being built and how far they have read; set inside writes, which follow one
   * another.
   */
  private volatile Optional<Shadows> shadows = Optional.empty();

  private record Shadows(List<Long> generations, long done) {}

  /** Reads facts as the networks do. */
  @FunctionalInterface
  public interface Reading {
    List<DomainEvent> events(Fact fact, List<Bytes> contentKeys);
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
    this.views = Stream.concat(views.stream(), Stream.of(passed)).toList();
  }

  /**
   * Makes missing tables, and says whether views must be built anew before they can serve, because
   * they are new, of another version, or behind.
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
      // What was kept before there was such a view was shown whole.
      long offset = view.equals(passed) ? last : 0;
      tx.run(
          "INSERT INTO projection (name, version, generation, offset) VALUES (?, ?, 1, ?)",
          view.name(),
          view.version(),
          offset);
      create(tx, view, 1);
      return last > offset;
    }
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

  /** Takes a fact's events into every view of this version. */
  void apply(Tx tx, Fact fact, List<DomainEvent> events) {
    apply(tx, current(tx).views(), fact, events);
  }

  /**
   * The views of this version, looked up once a transaction, for a commit of many facts asks for
   * each of them.
   *
   * @param reached says of all of them that they have come to a fact, where they had come to the
   *     one before another; both numbers are asked for
   */
  private record Current(List<Projection> views, String reached) {
    private record Of(Projections whose) {}

    Current(List<Projection> views) {
      this(
          views,
          "UPDATE projection SET offset = ? WHERE offset ="
              + " (SELECT ifnull(max(local_seq), 0) FROM fact WHERE local_seq < ?) AND name IN "
              + views.stream()
                  .map(view -> "'" + view.name() + "'")
                  .collect(Collectors.joining(", ", "(", ")")));
    }
  }

  private Current current(Tx tx) {
    return tx.once(
            new Current.Of(this),
            () ->
                Optional.of(
                    new Current(views.stream().filter(view -> isOfThisVersion(tx, view)).toList())))
        .orElseThrow();
  }

  /**
   * Takes a fact that somebody brought into every view. If they trip over it, nothing of it is in
   * any of them, and that is told: it is no reason not to have it.
   *
   * @param reading what takes it in
   */
  void applyOrPassOver(Tx tx, Fact fact, Consumer<Tx> reading) {
    if (!isTaken(tx, fact, reading) && isOfThisVersion(tx, passed)) {
      passed.passOver(tx, fact.localSeq(), PassedView.Why.TRIPPED);
    }
  }

  /** Whether the views have it; a disk or a database that fails is no fault of the fact's. */
  private static boolean isTaken(Tx tx, Fact fact, Consumer<Tx> reading) {
    try {
      tx.apart(reading);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      if (!isOfTheFact(e)) {
        throw e;
      }
      LOG.log(System.Logger.Level.ERROR, fact.content().id() + " is passed over by the views", e);
      return false;
    }
  }

  static boolean isOfTheFact(Throwable failure) {
    return !(failure instanceof StoreException) || failure instanceof RecordException;
  }

  /**
   * Says that the views have come to this fact, inside the transaction that keeps it: once for all
   * of its facts. A view that is behind stays marked so until it was built anew; one of another
   * version is left as it is.
   */
  void reached(Tx tx, Fact fact) {
    Reached reached = new Reached(this);
    long first = tx.once(reached, () -> Optional.of(fact.localSeq())).orElseThrow();
    tx.atEnd(
        reached,
        () -> {
          tx.forget(reached);
          tx.run(current(tx).reached(), fact.localSeq(), first);
        });
  }

  /** For the first of a transaction's facts that the views have come to and not said so. */
  private record Reached(Projections whose) {}

  /**
   * Takes in what a fact says that came before, because it can be read only now. The views that are
   * being built get it, too, where they have passed it.
   */
  void reapply(Tx tx, Fact fact, List<DomainEvent> events) {
    apply(tx, current(tx).views(), fact, events);
    shadows
        .filter(building -> fact.localSeq() <= building.done())
        .ifPresent(building -> apply(seeing(tx, building.generations()), views, fact, events));
  }

  private Tx seeing(Tx tx, List<Long> generations) {
    Tx shadow = tx;
    for (int i = 0; i < views.size(); i++) {
      shadow = shadow.seeing(views.get(i).name(), generations.get(i));
    }
    return shadow;
  }

  private static void apply(Tx tx, List<Projection> views, Fact fact, List<DomainEvent> events) {
    for (DomainEvent event : events) {
      for (Projection view : views) {
        view.apply(tx, fact, event);
      }
    }
  }

  private static boolean isOfThisVersion(Tx tx, Projection view) {
    return state(tx, view).filter(state -> state.version() == view.version()).isPresent();
  }

  /**
   * Builds every view anew from the facts, beside the ones that are there, and changes over in one
   * transaction; then clears the old ones. Facts that arrive meanwhile are in both.
   *
   * @throws InterruptedException when the thread is interrupted or {@link #stop} is called, which
   *     is looked at after each slice; what was built so far is left to {@link #clearFormer}
   */
  public void rebuild(Reading reading, Progress progress) throws InterruptedException {
    rebuilding.lockInterruptibly();
    try {
      clear();
      List<Long> generations = store.write(Lane.REBUILD, this::beginShadows);
      long done = 0;
      while (done >= 0) {
        stopIfAsked();
        long from = done;
        progress.at(from, store.read(facts::lastSeq));
        done = slice(reading, generations, from);
      }
      clear();
    } finally {
      shadows = Optional.empty();
      rebuilding.unlock();
    }
  }

  /** Work that may end early. */
  @FunctionalInterface
  interface Alone {
    void run() throws InterruptedException;
  }

  /**
   * Says that the views show what is not kept any more, in the transaction that lets go of it: they
   * serve on, and are built anew when {@link #areStale} is looked at or the node starts again.
   */
  static void markStale(Tx tx) {
    tx.run("UPDATE projection SET offset = -1");
  }

  boolean areStale() {
    return store
        .read(tx -> tx.number("SELECT 1 FROM projection WHERE offset < 0 LIMIT 1"))
        .isPresent();
  }

  /** Does something that no rebuild may be under way beside; it may itself rebuild. */
  void alone(Alone work) throws InterruptedException {
    rebuilding.lockInterruptibly();
    try {
      work.run();
    } finally {
      rebuilding.unlock();
    }
  }

  /** Clears, in small slices, what rebuilds left that were cut short. */
  public void clearFormer() throws InterruptedException {
    rebuilding.lockInterruptibly();
    try {
      clear();
    } finally {
      rebuilding.unlock();
    }
  }

  private void clear() throws InterruptedException {
    while (store.write(Lane.REBUILD, this::clearSome)) {
      stopIfAsked();
    }
  }

  private boolean clearSome(Tx tx) {
    long deadline = clock.monotonicNanos() + SLICE_NANOS_MAX;
    int clearings = 0;
    for (Projection view : views) {
      long serving = state(tx, view).orElseThrow().generation();
      while (FormerTables.clearSome(tx, view, serving)) {
        clearings++;
        if (clearings == CLEARINGS_MAX || clock.monotonicNanos() - deadline > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** From here on a rebuild goes no further than the slice it is at. */
  void stop() {
    stopped = true;
  }

  private void stopIfAsked() throws InterruptedException {
    if (Thread.interrupted() || stopped) {
      throw new InterruptedException("views are being built no further");
    }
  }

  private List<Long> beginShadows(Tx tx) {
    List<Long> generations = new ArrayList<>();
    for (Projection view : views) {
      long serving = state(tx, view).orElseThrow().generation();
      create(tx, view, serving + 1);
      generations.add(serving + 1);
    }
    return generations;
  }

  /**
   * Reads a slice of facts into the shadows; each by itself only where they are not taken together,
   * because that is dear.
   *
   * @return how far it came; -1 when it reached the end and changed over
   */
  private long slice(Reading reading, List<Long> generations, long from) {
    try {
      return store.write(Lane.REBUILD, tx -> slice(tx, reading, generations, from, false));
    } catch (RuntimeException | StackOverflowError e) {
      if (!isOfTheFact(e)) {
        throw e;
      }
      return store.write(Lane.REBUILD, tx -> slice(tx, reading, generations, from, true));
    }
  }

  private long slice(Tx tx, Reading reading, List<Long> generations, long from, boolean apart) {
    Tx shadow = seeing(tx, generations);
    long deadline = clock.monotonicNanos() + SLICE_NANOS_MAX;
    long done = from;
    List<Kept> slice = facts.after(tx, from, SLICE_FACTS_MAX);
    for (Kept kept : slice) {
      read(shadow, kept, reading, apart);
      done = kept.localSeq();
      if (clock.monotonicNanos() - deadline > 0) {
        break;
      }
    }
    if (!slice.isEmpty() && done < facts.lastSeq(tx)) {
      shadows = Optional.of(new Shadows(generations, done));
      return done;
    }
    changeOver(tx, generations, done);
    shadows = Optional.empty();
    return -1;
  }

  private void read(Tx shadow, Kept kept, Reading reading, boolean apart) {
    switch (kept) {
      case Fact fact -> {
        List<Bytes> keys = facts.contentKeys(shadow, fact.localSeq());
        Consumer<Tx> taking = part -> apply(part, views, fact, reading.events(fact, keys));
        if (!apart) {
          taking.accept(shadow);
        } else if (!isTaken(shadow, fact, taking)) {
          passed.passOver(shadow, fact.localSeq(), PassedView.Why.TRIPPED);
        }
      }
      case Kept.Damaged damaged -> {
        LOG.log(
            System.Logger.Level.ERROR,
            "{0} is passed over by the views: {1}",
            damaged.name(),
            damaged.reason());
        passed.passOver(shadow, damaged.localSeq(), PassedView.Why.DAMAGED);
      }
    }
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
    }
  }

  /** Every row of every view in a canonical order, for comparing. */
  public List<String> dump() {
    List<String> lines = new ArrayList<>();
    dump(lines::add);
    return lines;
  }

  /** Tells these rows one by one, from one moment; there may be more than there is room for. */
  void dump(Consumer<String> each) {
    store.read(tx -> {
      long rows = 0;
      for (Projection view : views) {
        for (String query : view.dump()) {
          each.accept("-- " + view.name() + ": " + query);
          rows += tx.all(row -> told(each, row.text(0)), query).size();
        }
      }
      return rows;
    });
  }

  /** Always the same, so that a list of it takes no room to speak of. */
  private static boolean told(Consumer<String> each, String row) {
    each.accept(row);
    return true;
  }
}
