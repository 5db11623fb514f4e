package org.skep.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.RecordException;
import org.skep.kernel.Row;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * A {@link Tx} over one JDBC connection. For the length of the transaction it knows which
 * generation of each view is seen.
 */
final class Sql implements Tx {
  private static final Pattern VIEW_TABLE = Pattern.compile("\\{([a-z]+)\\.([a-z_]+)\\}");

  private final Statements statements;
  private final Consumer<Announcement> announcements;
  private final Map<String, Long> generations;

  /** What statements are called where the generations are put in, by what they are called here. */
  private final Map<String, String> physical;

  private final Life life;

  /** What all the faces of one transaction share: whose it is, and whether it goes on. */
  private static final class Life {
    private final BooleanSupplier awaited;
    private final Thread owner = Thread.currentThread();

    /** What was read {@link #once}; nothing of it outlives a part that was undone. */
    private final Map<Object, Object> known = new HashMap<>();

    /** What is done {@link Tx#atEnd}. */
    private final Map<Object, Runnable> last = new LinkedHashMap<>();

    private boolean over;
    private Optional<StoreException> undone = Optional.empty();

    private Life(BooleanSupplier awaited) {
      this.awaited = awaited;
    }
  }

  /**
   * @param awaited whether something more urgent waits to be written
   */
  Sql(Statements statements, Consumer<Announcement> announcements, BooleanSupplier awaited) {
    this(statements, announcements, new HashMap<>(), new HashMap<>(), new Life(awaited));
  }

  private Sql(
      Statements statements,
      Consumer<Announcement> announcements,
      Map<String, Long> generations,
      Map<String, String> physical,
      Life life) {
    this.statements = statements;
    this.announcements = announcements;
    this.generations = generations;
    this.physical = physical;
    this.life = life;
  }

  /** Does what was to be done when all else is. */
  void finish() {
    while (!life.last.isEmpty()) {
      List<Runnable> due = List.copyOf(life.last.values());
      life.last.clear();
      due.forEach(Runnable::run);
    }
  }

  /** What could not be done was no part's fault: without it nothing may be committed. */
  private void finishOrGiveUp() {
    try {
      finish();
    } catch (RuntimeException e) {
      life.undone =
          Optional.of(
              e instanceof StoreException known
                  ? known
                  : new StoreException("what was due at the end could not be done", e));
      throw e;
    }
  }

  /** From here on every use is refused. */
  void end() {
    life.over = true;
  }

  /**
   * The failure, if there was one, after which the database may have undone the transaction, so
   * that nothing of it may be committed even if the work went on.
   */
  Optional<StoreException> undone() {
    return life.undone;
  }

  @Override
  public int run(String sql, Object... arguments) {
    return with(
        sql,
        arguments,
        statement -> {
          if (!statement.execute()) {
            return statement.getUpdateCount();
          }
          // Rows nobody asked for are let go, because an open answer would stop the commit.
          statement.getResultSet().close();
          return 0;
        });
  }

  @Override
  public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
    return with(
        sql,
        arguments,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            List<T> mapped = new ArrayList<>();
            Row row = new ResultRow(rows);
            while (rows.next()) {
              mapped.add(mapping.apply(row));
            }
            return mapped;
          }
        });
  }

  @Override
  public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
    return with(
        sql,
        arguments,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                ? Optional.of(mapping.apply(new ResultRow(rows)))
                : Optional.<T>empty();
          }
        });
  }

  // Who reads by a key knows what it is.
  @SuppressWarnings("unchecked")
  @Override
  public <T> Optional<T> once(Object key, Supplier<Optional<T>> reading) {
    checkAlive();
    Object known = life.known.get(key);
    if (known != null) {
      return Optional.of((T) known);
    }
    Optional<T> read = reading.get();
    read.ifPresent(value -> life.known.put(key, value));
    return read;
  }

  @Override
  public void forget(Object key) {
    checkAlive();
    life.known.remove(key);
  }

  @Override
  public void atEnd(Object key, Runnable work) {
    checkAlive();
    life.last.put(key, work);
  }

  @Override
  public void apart(Consumer<Tx> work) {
    // What was said before the part stays whatever becomes of it.
    finishOrGiveUp();
    List<Announcement> said = new ArrayList<>();
    run("SAVEPOINT apart");
    boolean whole = false;
    try {
      work.accept(new Sql(statements, said::add, generations, physical, life));
      whole = true;
    } finally {
      // Where SQLite undid all of it, there is nothing left to go back to.
      if (life.undone.isEmpty()) {
        if (!whole) {
          life.known.clear();
          life.last.clear();
          run("ROLLBACK TO apart");
        }
        run("RELEASE apart");
      }
    }
    said.forEach(announcements);
  }

  @Override
  public void announce(Announcement announcement) {
    checkAlive();
    announcements.accept(announcement);
  }

  @Override
  public boolean isAwaited() {
    checkAlive();
    return life.awaited.getAsBoolean();
  }

  @Override
  public Tx seeing(String projection, long generation) {
    Map<String, Long> other = new HashMap<>(generations);
    other.put(projection, generation);
    return new Sql(statements, unheard -> {}, other, new HashMap<>(), life);
  }

  private <T> T with(String sql, Object[] arguments, Statements.Use<T> use) {
    checkAlive();
    String physical = physical(sql);
    try {
      return statements.with(physical, arguments, use);
    } catch (SQLException e) {
      StoreException failure =
          isOfTheRow(e)
              ? new RecordException("the database refused a row: " + Words.of(e), e)
              : Words.failure("the database refused a statement", e);
      if (mayUndo(e)) {
        life.undone = Optional.of(failure);
      }
      throw failure;
    }
  }

  private void checkAlive() {
    if (life.over) {
      throw new IllegalStateException("this transaction is over");
    }
    if (!life.owner.equals(Thread.currentThread())) {
      throw new IllegalStateException("a transaction stays on the thread that was given it");
    }
    if (life.undone.isPresent()) {
      throw life.undone.get();
    }
  }

  /**
   * After these failures SQLite may have rolled the whole transaction back by itself, and what came
   * next would be committed alone. See "Response To Errors Within A Transaction" in
   * https://www.sqlite.org/lang_transaction.html.
   */
  private static boolean mayUndo(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      case 5, 7, 9, 10, 11, 13 -> true; // BUSY, NOMEM, INTERRUPT, IOERR, CORRUPT, FULL
      default -> false;
    };
  }

  /** What is said of one row only; see https://www.sqlite.org/rescode.html. */
  private static boolean isOfTheRow(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      case 18, 19, 20 -> true; // TOOBIG, CONSTRAINT, MISMATCH
      default -> false;
    };
  }

  /** Puts the generation's table in the place of each {@code {view.table}}. */
  private String physical(String sql) {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    String known = physical.get(sql);
    if (known != null) {
      return known;
    }
    Matcher names = VIEW_TABLE.matcher(sql);
    StringBuilder out = new StringBuilder(sql.length() + 16);
    while (names.find()) {
      String view = names.group(1);
      names.appendReplacement(out, view + "_" + names.group(2) + "_" + generation(view));
    }
    String named = names.appendTail(out).toString();
    physical.put(sql, named);
    return named;
  }

  private long generation(String view) {
    Long known = generations.get(view);
    if (known != null) {
      return known;
    }
    long current =
        number("SELECT generation FROM projection WHERE name = ?", view)
            .orElseThrow(() -> new StoreException("there is no view called " + view));
    generations.put(view, current);
    return current;
  }

  /** The present row of an answer. */
  private record ResultRow(ResultSet rows) implements Row {
    private interface Column<T> {
      T of(ResultSet rows, int index) throws SQLException;
    }

    private <T> T column(int column, Column<T> read) {
      try {
        T value = read.of(rows, column + 1);
        if (rows.wasNull()) {
          throw new RecordException("column " + column + " is empty");
        }
        return value;
      } catch (SQLException e) {
        throw new StoreException("the database refused column " + column, e);
      }
    }

    @Override
    public long number(int column) {
      return column(column, ResultSet::getLong);
    }

    @Override
    public boolean flag(int column) {
      return number(column) != 0;
    }

    @Override
    public String text(int column) {
      return column(column, ResultSet::getString);
    }

    @Override
    public Bytes bytes(int column) {
      return Bytes.wrap(column(column, ResultSet::getBytes));
    }

    @Override
    public boolean isNull(int column) {
      try {
        return rows.getObject(column + 1) == null;
      } catch (SQLException e) {
        throw new StoreException("the database refused column " + column, e);
      }
    }
  }
}
