package org.skep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;

/** The prepared statements of one connection; those used longest ago are closed. */
final class Statements {
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

  <T> T with(String sql, Object[] arguments, Use<T> use) throws SQLException {
    // Taken out while in use, so that the same text may be used again inside a mapping.
    PreparedStatement statement = prepared.remove(sql);
    if (statement == null) {
      statement = prepare(sql);
    }
    boolean sound = false;
    try {
      bind(statement, sql, arguments);
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
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    if (OneStatement.holdsMore(sql)) {
      // The driver would run the first and forget the rest without a word.
      throw new StoreException("one statement at a time, please: " + sql);
    }
    return connection.prepareStatement(sql);
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

  void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  private static void bind(PreparedStatement statement, String sql, Object[] arguments)
      throws SQLException {
    int wanted = statement.getParameterMetaData().getParameterCount();
    if (wanted != arguments.length) {
      // A statement used before still holds its earlier arguments; they must not slip in.
      throw new StoreException(
          "a statement wants " + wanted + " arguments, not " + arguments.length + ": " + sql);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
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
