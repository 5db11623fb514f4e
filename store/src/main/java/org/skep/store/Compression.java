package org.skep.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictTrainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * Packs fact bytes with zstd (RFC 8878). Social records repeat their structure, so a dictionary
 * trained on earlier records pays; each row names the dictionary it needs, and dictionaries are
 * never deleted.
 */
final class Compression {
  /** Stored as they are. */
  static final long PLAIN = -1;

  /** zstd without a dictionary. */
  static final long NO_DICTIONARY = 0;

  private static final int LEVEL = 3;
  private static final int UNPACKED_BYTES_MAX = 16 << 20;
  private static final int DICTIONARY_BYTES = 16 << 10;
  private static final int SAMPLES = 1_000;

  private final Map<Long, byte[]> dictionaries = new ConcurrentHashMap<>();
  private final AtomicLong newest = new AtomicLong(NO_DICTIONARY);

  /**
   * @param method what the row's {@code compression} says
   */
  record Packed(long method, Bytes bytes) {}

  Compression(Tx tx) {
    tx.all(
            row -> Map.entry(row.number(0), row.bytes(1).toArray()),
            "SELECT number, bytes FROM dictionary ORDER BY number")
        .forEach(this::learn);
  }

  private void learn(Map.Entry<Long, byte[]> dictionary) {
    dictionaries.put(dictionary.getKey(), dictionary.getValue());
    newest.accumulateAndGet(dictionary.getKey(), Math::max);
  }

  Packed pack(Bytes plain) {
    long method = newest.get();
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(LEVEL).setChecksum(true);
      byte[] dictionary = dictionaries.get(method);
      if (dictionary != null) {
        context.loadDict(dictionary);
      }
      byte[] packed = context.compress(plain.toArray());
      return packed.length < plain.length()
          ? new Packed(method, Bytes.wrap(packed))
          : new Packed(PLAIN, plain);
    }
  }

  Bytes unpack(Packed packed) {
    if (packed.method() == PLAIN) {
      return packed.bytes();
    }
    byte[] in = packed.bytes().toArray();
    long length = Zstd.getFrameContentSize(in);
    if (length < 0 || length > UNPACKED_BYTES_MAX) {
      throw new StoreException("a kept record is damaged: it says it has " + length + " bytes");
    }
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      if (packed.method() != NO_DICTIONARY) {
        byte[] dictionary = dictionaries.get(packed.method());
        if (dictionary == null) {
          throw new StoreException("dictionary " + packed.method() + " is missing");
        }
        context.loadDict(dictionary);
      }
      return Bytes.wrap(context.decompress(in, (int) length));
    }
  }

  /** Whether enough records were kept since the newest dictionary to train a better one. */
  boolean wantsTraining(long facts) {
    return newest.get() == NO_DICTIONARY && facts >= SAMPLES;
  }

  /** The makings of a dictionary; empty when the samples are too much alike or too few. */
  static Bytes train(List<Bytes> samples) {
    int total = samples.stream().mapToInt(Bytes::length).sum();
    ZstdDictTrainer trainer = new ZstdDictTrainer(total, DICTIONARY_BYTES);
    samples.forEach(sample -> trainer.addSample(sample.toArray()));
    return Bytes.wrap(trainer.trainSamples());
  }

  /** Keeps a dictionary; used for packing from the next transaction on. */
  Map.Entry<Long, byte[]> keep(Tx tx, Bytes dictionary) {
    long number =
        tx.number("INSERT INTO dictionary (bytes) VALUES (?) RETURNING number", dictionary)
            .orElseThrow();
    return Map.entry(number, dictionary.toArray());
  }

  /** Called after the commit that kept it. */
  void use(Map.Entry<Long, byte[]> dictionary) {
    learn(dictionary);
  }

  static int samples() {
    return SAMPLES;
  }
}
