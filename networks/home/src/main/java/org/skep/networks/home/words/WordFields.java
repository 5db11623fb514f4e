package org.skep.networks.home.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborWriter;

/** The fields of one map in a body, read by name; fields nobody asks for are ignored. */
final class WordFields {
  /** How one field is read from its own bytes. */
  interface Shape<T> {
    T read(CborReader reader) throws CborException;
  }

  private static final int NAMES_MAX = 8;
  private static final int NETWORK_BYTES_MAX = 16;

  // A character is at most three bytes long, or half of a pair of four.
  private static final int ID_BYTES_MAX = 3 * Ref.ID_CHARS_MAX;

  private final Map<String, Bytes> fields;

  private WordFields(Map<String, Bytes> fields) {
    this.fields = fields;
  }

  static WordFields read(CborReader reader) throws CborException {
    return new WordFields(reader.map(WordCodec.LENGTH_MAX, WordCodec.DEPTH_MAX));
  }

  <T> T required(String name, Shape<T> shape) throws CborException {
    Optional<T> value = optional(name, shape);
    if (value.isEmpty()) {
      throw new CborException("no " + name);
    }
    return value.get();
  }

  <T> Optional<T> optional(String name, Shape<T> shape) throws CborException {
    Bytes value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    CborReader reader = new CborReader(value);
    T read = shape.read(reader);
    reader.end();
    return Optional.of(read);
  }

  String text(String name, int lengthMax) throws CborException {
    return required(name, reader -> reader.text(lengthMax));
  }

  /** Empty text when it is absent. */
  String textIfAny(String name, int lengthMax) throws CborException {
    return optional(name, reader -> reader.text(lengthMax)).orElse("");
  }

  boolean flag(String name) throws CborException {
    return required(name, CborReader::bool);
  }

  Target target(String name) throws CborException {
    return required(name, WordFields::readTarget);
  }

  /** An array of pairs of a network's name and what it calls the thing. */
  static Target readTarget(CborReader reader) throws CborException {
    int count = reader.array(NAMES_MAX);
    if (count == 0) {
      throw new CborException("a target without a name");
    }
    List<Ref> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(readRef(reader));
    }
    return new Target(names);
  }

  static Ref readRef(CborReader reader) throws CborException {
    if (reader.array(2) != 2) {
      throw new CborException("a name is a pair");
    }
    String network = reader.text(NETWORK_BYTES_MAX);
    String id = reader.text(ID_BYTES_MAX);
    try {
      return new Ref(new NetworkId(network), id);
    } catch (IllegalArgumentException e) {
      throw new CborException("a name out of bounds");
    }
  }

  static Bytes encodedTarget(Target target) {
    // The first names are the oldest; a body has room for a few only.
    List<Ref> names = target.names().stream().limit(NAMES_MAX).toList();
    CborWriter writer = new CborWriter().array(names.size());
    names.forEach(name -> writer.item(encodedRef(name)));
    return writer.toBytes();
  }

  static Bytes encodedRef(Ref ref) {
    return new CborWriter().array(2).text(ref.network().name()).text(ref.id()).toBytes();
  }
}
