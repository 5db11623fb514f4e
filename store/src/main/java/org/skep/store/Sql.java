package org.skep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Row;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * A {@link Tx} over one JDBC connection. It keeps prepared statements of the connection and, for
 * the length of the transaction, which generation of each view is seen.
 */
final class Sql implements Tx {
  private static final Pattern VIEW_TABLE = Pattern.compile("\\{([a-z]+)\\.([a-z_]+)\\}");

  private final Statements statements;
  private final Consumer<Announcement> announcements;
  private final Map<String, Long> generations;

  Sql(Statements statements, Consumer<Announcement> announcements) {
    this(statements, announcements, new HashMap<>());
  }

  private Sql(
      Statements statements, Consumer<Announcement> announcements, Map<String, Long> generations) {
    this.statements = statements;
    this.announcements = announcements;
    this.generations = generations;
  }

  @Override
  public int run(String sql, Object... arguments) {
    return statements.with(
        physical(sql),
        arguments,
        statement -> statement.execute() ? 0 : statement.getUpdateCount());
  }

  @Override
  public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
    return statements.with(
        physical(sql),
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
    return statements.with(
        physical(sql),
        arguments,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                ? Optional.of(mapping.apply(new ResultRow(rows)))
                : Optional.<T>empty();
          }
        });
  }

  @Override
  public void announce(Announcement announcement) {
    announcements.accept(announcement);
  }

  @Override
  public Tx seeing(String projection, long generation) {
    Map<String, Long> other = new HashMap<>(generations);
    other.put(projection, generation);
    return new Sql(statements, unheard -> {}, other);
  }

  /** Puts the generation's table in the place of each {@code {view.table}}. */
  private String physical(String sql) {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    Matcher names = VIEW_TABLE.matcher(sql);
    StringBuilder out = new StringBuilder(sql.length() + 16);
    while (names.find()) {
      String view = names.group(1);
      names.appendReplacement(out, view + "_" + names.group(2) + "_" + generation(view));
    }
    return names.appendTail(out).toString();
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

  /** The prepared statements of one connection, the least used ones closed. */
  static final class Statements {
    private static final int KEPT_MAX = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);

    Statements(Connection connection) {
      this.connection = connection;
    }

    /** What is done with a statement whose arguments are bound. */
    interface Use<T> {
      T with(PreparedStatement statement) throws SQLException;
    }

    <T> T with(String sql, Object[] arguments, Use<T> use) {
      try {
        // Taken out while in use, so that the same text may be used again inside a mapping.
        PreparedStatement statement = prepared.remove(sql);
        if (statement == null) {
          statement = connection.prepareStatement(sql);
        }
        boolean sound = false;
        try {
          for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
          }
          T answer = use.with(statement);
          sound = true;
          return answer;
        } finally {
          if (sound) {
            keep(sql, statement);
          } else {
            statement.close();
          }
        }
      } catch (SQLException e) {
        throw new StoreException("the database refused a statement: " + e.getMessage(), e);
      }
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
      PreparedStatement before = prepared.put(sql, statement);
      if (before != null) {
        before.close();
      }
      if (prepared.size() > KEPT_MAX) {
        var eldest = prepared.entrySet().iterator();
        PreparedStatement dropped = eldest.next().getValue();
        eldest.remove();
        dropped.close();
      }
    }

    /** Closes all; after this tables may be dropped. */
    void forget() {
      try {
        for (PreparedStatement statement : prepared.values()) {
          statement.close();
        }
        prepared.clear();
      } catch (SQLException e) {
        throw new StoreException("the database refused to let go of a statement", e);
      }
    }

    private static void bind(PreparedStatement statement, int index, Object argument)
        throws SQLException {
      switch (argument) {
        case String text -> statement.setString(index, text);
        case Long number -> statement.setLong(index, number);
        case Integer number -> statement.setInt(index, number);
        case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
        case Bytes bytes -> statement.setBytes(index, bytes.toArray());
        case Optional<?> maybe -> {
          if (maybe.isPresent()) {
            bind(statement, index, maybe.get());
          } else {
            statement.setObject(index, null);
          }
        }
        default -> throw new StoreException("no SQL for a " + argument.getClass().getName());
      }
    }
  }

  /** The present row of an answer. */
  private record ResultRow(ResultSet rows) implements Row {
    private interface Column<T> {
      T of(ResultSet rows, int index) throws SQLException;
    }

    private <T> T column(int column, Column<T> read) {
      try {
        T value = read.of(rows, column + 1);
        if (value == null) {
          throw new StoreException("column " + column + " is empty");
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
      return column(column, ResultSet::getLong) != 0;
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
      return column(column, (set, index) -> set.getObject(index) == null);
    }
  }
}
