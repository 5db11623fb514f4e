package org.skep.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Bytes;
import org.skep.kernel.RecordException;
import org.skep.kernel.Tx;

/**
 * Packs fact bytes with zstd (RFC 8878). Social records repeat their structure, so a dictionary
 * trained on earlier records pays; each row names the dictionary it needs, and dictionaries are
 * never deleted. Any thread.
 */
final class Compression {
  /** Stored as they are. */
  static final long PLAIN = -1;

  /** zstd without a dictionary. */
  static final long NO_DICTIONARY = 0;

  /** The longest record that is kept; what is longer belongs among the blobs. */
  static final int UNPACKED_BYTES_MAX = 16 << 20;

  /** So many records, none longer than that, make a dictionary. */
  static final int SAMPLES_MAX = 1_000;

  static final int SAMPLE_BYTES_MAX = 16 << 10;

  private static final int LEVEL = 3;
  private static final int DICTIONARY_BYTES = 16 << 10;

  /** zstd's trainer asks for several samples for each of its segments; fewer fail. */
  private static final int SAMPLES_MIN = 100;

  private final Map<Long, Dictionary> dictionaries = new ConcurrentHashMap<>();
  private final AtomicLong newest = new AtomicLong(NO_DICTIONARY);
  private final AtomicLong trainFrom = new AtomicLong(SAMPLES_MAX);

  /**
   * @param method what the row's {@code compression} says
   */
  record Packed(long method, Bytes bytes) {}

  /** A dictionary, made ready once for both ways. */
  private record Dictionary(ZstdDictCompress pack, ZstdDictDecompress unpack, boolean bare) {
    static Dictionary of(Bytes bytes, boolean bare) {
      byte[] array = bytes.toArray();
      return new Dictionary(
          new ZstdDictCompress(array, LEVEL), new ZstdDictDecompress(array), bare);
    }
  }

  Compression(Tx tx) {
    // Older ones are read with, and no more packed with.
    tx.number("SELECT max(number) FROM dictionary WHERE bare = 1")
        .ifPresent(number -> {
          dictionary(tx, number);
          newest.set(number);
        });
  }

  private Dictionary dictionary(Tx tx, long number) {
    Dictionary known = dictionaries.get(number);
    if (known != null) {
      return known;
    }
    Dictionary loaded = load(tx, number);
    dictionaries.put(number, loaded);
    return loaded;
  }

  private static Dictionary load(Tx tx, long number) {
    return tx.first(
            row -> Dictionary.of(row.bytes(0), row.flag(1)),
            "SELECT bytes, bare FROM dictionary WHERE number = ?",
            number)
        .orElseThrow(() -> new RecordException("dictionary " + number + " is missing"));
  }

  /**
   * @param names that stand in the record and also beside it, in this order when it is unpacked
   * @throws IllegalArgumentException when the record is too long to be kept
   */
  Packed pack(Bytes plain, List<String> names) {
    if (plain.length() > UNPACKED_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a record has at most " + UNPACKED_BYTES_MAX + " bytes, not " + plain.length());
    }
    long method = newest.get();
    Optional<Dictionary> dictionary = Optional.ofNullable(dictionaries.get(method));
    byte[] record = plain.toArray();
    byte[] packed =
        dictionary.map(Dictionary::bare).orElse(false)
            ? Bare.pack(record, names, rest -> PACKING.pack(dictionary, rest))
            : PACKING.pack(dictionary, record);
    return packed.length < plain.length()
        ? new Packed(method, Bytes.wrap(packed))
        : new Packed(PLAIN, plain);
  }

  /**
   * The process's one context for packing. To make one takes several times as long as to pack a
   * message; and there is one writer, so that nobody waits for it.
   */
  private static final class Packing {
    private final ReentrantLock lock = new ReentrantLock();
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    byte[] pack(Optional<Dictionary> dictionary, byte[] plain) {
      lock.lock();
      try {
        context.reset();
        context.setLevel(LEVEL).setChecksum(true);
        dictionary.ifPresent(known ->
            context
                .setChecksum(!known.bare())
                .setMagicless(known.bare())
                .setDictID(!known.bare())
                .loadDict(known.pack()));
        return context.compress(plain);
      } finally {
        lock.unlock();
      }
    }
  }

  private static final Packing PACKING = new Packing();

  /**
   * @param tx sees the row's dictionary if it is not at hand yet
   * @param names the same as when it was packed
   * @throws RecordException when what is kept is damaged
   */
  Bytes unpack(Tx tx, Packed packed, List<String> names) {
    if (packed.method() == PLAIN) {
      return packed.bytes();
    }
    Optional<Dictionary> dictionary =
        packed.method() == NO_DICTIONARY
            ? Optional.empty()
            : Optional.of(dictionary(tx, packed.method()));
    byte[] in = packed.bytes().toArray();
    return Bytes.wrap(
        dictionary.map(Dictionary::bare).orElse(false)
            ? Bare.unpack(in, names, frame -> unpack(dictionary, frame))
            : unpack(dictionary, in));
  }

  private static byte[] unpack(Optional<Dictionary> dictionary, byte[] frame) {
    boolean bare = dictionary.map(Dictionary::bare).orElse(false);
    // The library trips over no bytes at all.
    long length = frame.length == 0 ? -1 : Zstd.getFrameContentSize(frame, 0, frame.length, bare);
    if (length < 0 || length > UNPACKED_BYTES_MAX + Abridged.MORE_BYTES_MAX) {
      throw new RecordException("a kept record is damaged: it says it has " + length + " bytes");
    }
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      context.setMagicless(bare);
      dictionary.ifPresent(known -> context.loadDict(known.unpack()));
      return context.decompress(frame, (int) length);
    } catch (ZstdException e) {
      throw new RecordException("a kept record is damaged: " + e.getMessage(), e);
    }
  }

  /** Whether it is time for a dictionary. */
  boolean wantsTraining(long facts) {
    return newest.get() == NO_DICTIONARY && facts >= trainFrom.get();
  }

  /**
   * The makings of a dictionary from records without their names; empty when the samples are too
   * few or too much alike, and then not asked for again before there are twice as many facts.
   */
  Optional<Bytes> train(List<byte[]> samples, long facts) {
    trainFrom.set(Math.max(facts, SAMPLES_MAX) * 2);
    if (samples.size() < SAMPLES_MIN) {
      return Optional.empty();
    }
    int total = samples.stream().mapToInt(sample -> sample.length).sum();
    ZstdDictTrainer trainer = new ZstdDictTrainer(total, DICTIONARY_BYTES);
    samples.forEach(trainer::addSample);
    try {
      return Optional.of(Bytes.wrap(trainer.trainSamples()));
    } catch (ZstdException e) {
      // There is no other way to ask the trainer whether the samples will do.
      return Optional.empty();
    }
  }

  /** Keeps a dictionary and gives it its number. */
  static long keep(Tx tx, Bytes dictionary) {
    return tx.number(
            "INSERT INTO dictionary (bytes, bare) VALUES (?, 1) RETURNING number", dictionary)
        .orElseThrow();
  }

  /** From now on packs with a dictionary whose commit is on disk. */
  void use(long number, Bytes dictionary) {
    dictionaries.put(number, Dictionary.of(dictionary, true));
    newest.accumulateAndGet(number, Math::max);
  }
}
