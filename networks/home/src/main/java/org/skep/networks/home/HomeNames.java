package org.skep.networks.home;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PublicKey;
import org.skep.kernel.Ref;
import org.skep.networks.home.operation.OperationId;

/**
 * What people and operations are called: 64 hexadecimal digits in lower case, those of the key or
 * of the id.
 */
final class HomeNames {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private HomeNames() {}

  static Ref ofAuthor(PublicKey author) {
    return new Ref(NetworkId.HOME, author.bytes().hex());
  }

  static Ref ofOperation(OperationId id) {
    return new Ref(NetworkId.HOME, id.bytes().hex());
  }

  /** The operation of a name that this class gave. */
  static OperationId operation(String id) {
    return new OperationId(Bytes.ofHex(id));
  }

  static Optional<Ref> parsePerson(String typed) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    return KEY.matcher(name).matches()
        ? Optional.of(new Ref(NetworkId.HOME, name))
        : Optional.empty();
  }
}
