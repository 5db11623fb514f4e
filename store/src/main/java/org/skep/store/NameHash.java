package org.skep.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/**
 * The number that foreign names are found by: the first 47 bits of SHA-256 of network, a line feed
 * and id. SQLite keeps so many in six bytes. Two names may have one number, which whoever asks must
 * bear; to make many such names takes somebody hostile more than it takes the others.
 */
final class NameHash {
  private static final int BITS = 47;

  /** The driver forgets only what was registered so. */
  private static final int ANY_ARGUMENTS = -1;

  private NameHash() {}

  static long of(String network, String id) {
    return of((network + "\n" + id).getBytes(StandardCharsets.UTF_8));
  }

  private static long of(byte[] name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Lets SQL on this connection call it, as {@code name_hash(name)}, where the name is a blob: a
   * text would come as UTF-16, in which SQLite has other letters for some.
   */
  static void teach(Connection connection) throws SQLException {
    Function.create(
        connection,
        "name_hash",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(of(value_blob(0)));
          }
        },
        ANY_ARGUMENTS,
        Function.FLAG_DETERMINISTIC);
  }

  static void unteach(Connection connection) throws SQLException {
    Function.destroy(connection, "name_hash");
  }
}
