package org.skep.networks.home.operation;

import static org.skep.wire.cbor.CborWriter.encodedBool;
import static org.skep.wire.cbor.CborWriter.encodedText;
import static org.skep.wire.cbor.CborWriter.encodedUnsigned;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborWriter;

/**
 * What Skep adds to an operation's header: a map from short text keys to values. The five keys
 * below have one shape each; any other is kept byte for byte and otherwise ignored, so that a later
 * version may add some.
 *
 * @param encoded key to the CBOR encoding of its value; empty when the header has no extensions
 */
public record Extensions(SortedMap<String, Bytes> encoded) {
  /** A header without extensions. */
  public static final Extensions NONE = new Extensions(new TreeMap<>());

  /** Most operations one may name as its causal predecessors. */
  public static final int DEPENDENCIES_MAX = 16;

  /** How deep values may nest, the map itself counted. */
  public static final int DEPTH_MAX = 8;

  /** Longest text or byte string and most items of an array or map, as p2panda-core has it. */
  public static final int LENGTH_MAX = 512;

  /** The latest time that can be claimed: 2^53 - 1 microseconds, in the year 2255. */
  public static final long CLAIMED_MICROS_MAX = (1L << 53) - 1;

  /** What a log's name and an audience look like. */
  public static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9:._-]{0,95}");

  private static final String LOG = "l";
  private static final String CLAIMED_MICROS = "t";
  private static final String PRUNE = "p";
  private static final String DEPENDENCIES = "d";
  private static final String AUDIENCE = "a";

  private static final int LABEL_BYTES_MAX = 96;

  /**
   * @throws IllegalArgumentException when a known key has a value out of shape
   */
  public Extensions {
    encoded = Collections.unmodifiableSortedMap(new TreeMap<>(encoded));
    try {
      demandShapes(encoded);
    } catch (CborException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  /**
   * What every operation of Skep carries.
   *
   * @param log what the log holds, for instance {@code posts}; a {@link #LABEL}
   * @param claimedMicros microseconds since 1970 by the author's clock
   * @param audience for whom it is meant, for instance {@code anybody}; a {@link #LABEL}
   */
  public static Extensions of(String log, long claimedMicros, String audience) {
    return NONE.with(LOG, encodedText(log))
        .with(CLAIMED_MICROS, encodedUnsigned(claimedMicros))
        .with(AUDIENCE, encodedText(audience));
  }

  /** The same, saying that everything before it in its log may go. */
  public Extensions pruning() {
    return with(PRUNE, encodedBool(true));
  }

  /** The same, naming operations of any author that came before it; order doesn't matter. */
  public Extensions after(List<OperationId> dependencies) {
    CborWriter array = new CborWriter();
    TreeSet<OperationId> inOrder = new TreeSet<>(dependencies);
    array.array(inOrder.size());
    inOrder.forEach(id -> array.bytes(id.bytes()));
    return with(DEPENDENCIES, array.toBytes());
  }

  /** The same with one more key, or another value for a key it has. */
  public Extensions with(String key, Bytes value) {
    TreeMap<String, Bytes> more = new TreeMap<>(encoded);
    more.put(key, value);
    return new Extensions(more);
  }

  /**
   * What the log holds; two operations of one author with different answers don't share a chain.
   */
  public Optional<String> log() {
    return value(LOG, reader -> reader.text(LABEL_BYTES_MAX));
  }

  /** Microseconds since 1970 by the author's clock, which may be wrong or lie. */
  public OptionalLong claimedMicros() {
    return value(CLAIMED_MICROS, reader -> reader.unsigned(CLAIMED_MICROS_MAX))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Whether everything before it in its log may go. */
  public boolean prune() {
    return encoded.containsKey(PRUNE);
  }

  /** Causal predecessors, ascending; empty when none are named. */
  public List<OperationId> dependencies() {
    return value(DEPENDENCIES, Extensions::readDependencies).orElseGet(List::of);
  }

  /** For whom it is meant. */
  public Optional<String> audience() {
    return value(AUDIENCE, reader -> reader.text(LABEL_BYTES_MAX));
  }

  public boolean isEmpty() {
    return encoded.isEmpty();
  }

  /** Reads the map at the reader's place. */
  static Extensions read(CborReader reader) throws CborException {
    Map<String, Bytes> entries = reader.map(LENGTH_MAX, DEPTH_MAX);
    if (entries.isEmpty()) {
      throw new CborException("an empty map of extensions");
    }
    TreeMap<String, Bytes> sorted = new TreeMap<>(entries);
    demandShapes(sorted);
    return new Extensions(sorted);
  }

  private interface Shape<T> {
    T read(CborReader reader) throws CborException;
  }

  private <T> Optional<T> value(String key, Shape<T> shape) {
    Bytes value = encoded.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(shape.read(new CborReader(value)));
    } catch (CborException e) {
      throw new IllegalStateException("the constructor let a wrong shape pass", e);
    }
  }

  private static void demandShapes(SortedMap<String, Bytes> encoded) throws CborException {
    for (Map.Entry<String, Bytes> entry : encoded.entrySet()) {
      CborReader value = new CborReader(entry.getValue());
      switch (entry.getKey()) {
        case LOG, AUDIENCE -> demandLabel(value.text(LABEL_BYTES_MAX));
        case CLAIMED_MICROS -> value.unsigned(CLAIMED_MICROS_MAX);
        case PRUNE -> demandTrue(value.bool());
        case DEPENDENCIES -> readDependencies(value);
        default -> value.item(LENGTH_MAX, DEPTH_MAX - 1);
      }
      value.end();
    }
  }

  private static void demandLabel(String text) throws CborException {
    if (!LABEL.matcher(text).matches()) {
      throw new CborException("a log's name or an audience out of shape");
    }
  }

  /** A false flag is left out: p2panda's writers do so, and one meaning has one encoding. */
  private static void demandTrue(boolean prune) throws CborException {
    if (!prune) {
      throw new CborException("a prune flag that is false");
    }
  }

  private static List<OperationId> readDependencies(CborReader reader) throws CborException {
    int count = reader.array(DEPENDENCIES_MAX);
    if (count == 0) {
      throw new CborException("an empty list of dependencies");
    }
    List<OperationId> ids = new ArrayList<>(count);
    @Nullable OperationId before = null;
    for (int i = 0; i < count; i++) {
      OperationId id = new OperationId(reader.bytesOf(OperationId.LENGTH_BYTES));
      if (before != null && before.compareTo(id) >= 0) {
        throw new CborException("dependencies out of order or twice");
      }
      before = id;
      ids.add(id);
    }
    return Collections.unmodifiableList(ids);
  }
}
