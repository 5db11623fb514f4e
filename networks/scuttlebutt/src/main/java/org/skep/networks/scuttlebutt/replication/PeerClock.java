package org.skep.networks.scuttlebutt.replication;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * What a peer said it has of each feed, kept from one connection to the next: where it has just
 * what we have, nothing need be said. That a peer does not want a feed is never kept, because it
 * may change its mind while we are apart.
 *
 * @param completeMillis when everything was last said, since 1970
 * @param entries the last entry that it has, at most {@link #FEEDS_MAX} feeds
 */
public record PeerClock(long completeMillis, Map<FeedId, Long> entries) {
  static final int FEEDS_MAX = 20_000;

  /** Both sides may have lost data and not know it; so now and then everything is said again. */
  static final long LIFE_MILLIS = 24L * 3600 * 1000;

  private static final byte FORMAT = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int ENTRY_BYTES = PublicKey.LENGTH_BYTES + Integer.BYTES;

  public PeerClock {
    // In an order that a second run of a test repeats, which that of Map.copyOf is not.
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Of somebody who was never met. */
  public static final PeerClock UNKNOWN = new PeerClock(Long.MIN_VALUE / 2, Map.of());

  /** Itself as long as it holds; after that one that knows nothing, so that everything is said. */
  PeerClock at(long nowMillis) {
    long age = nowMillis - completeMillis;
    return age >= 0 && age < LIFE_MILLIS ? this : new PeerClock(nowMillis, Map.of());
  }

  /** The same beginning with other entries. */
  PeerClock with(Map<FeedId, Long> others) {
    return new PeerClock(completeMillis, others);
  }

  Bytes encode() {
    int feeds = Math.min(entries.size(), FEEDS_MAX);
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + feeds * ENTRY_BYTES);
    out.put(FORMAT).putLong(completeMillis);
    entries.entrySet().stream()
        .limit(feeds)
        .forEach(entry ->
            out.put(entry.getKey().key().bytes().toArray())
                .putInt((int) Math.min(entry.getValue(), Note.SEQUENCE_MAX)));
    return Bytes.wrap(out.array());
  }

  /** Empty when these are not the bytes of a clock. */
  static Optional<PeerClock> decode(Bytes bytes) {
    int rest = bytes.length() - HEAD_BYTES;
    if (rest < 0 || rest % ENTRY_BYTES != 0 || rest / ENTRY_BYTES > FEEDS_MAX) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
    if (in.get() != FORMAT) {
      return Optional.empty();
    }
    long completeMillis = in.getLong();
    Map<FeedId, Long> entries = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      byte[] key = new byte[PublicKey.LENGTH_BYTES];
      in.get(key);
      long sequence = in.getInt();
      FeedId feed = new FeedId(new PublicKey(Bytes.wrap(key)));
      boolean known = entries.put(feed, sequence) != null;
      if (known || sequence < 0 || sequence > Note.SEQUENCE_MAX) {
        return Optional.empty();
      }
    }
    return Optional.of(new PeerClock(completeMillis, entries));
  }
}
