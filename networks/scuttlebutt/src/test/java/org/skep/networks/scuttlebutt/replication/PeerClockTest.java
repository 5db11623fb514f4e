package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.wire.crypto.Digests;

class PeerClockTest {
  private static final long NOON = 1_700_000_000_000L;

  private static FeedId feed(int number) {
    return new FeedId(new PublicKey(Digests.sha256(Bytes.ofUtf8("feed " + number))));
  }

  @Property(tries = 100)
  void comesBackAsItWas(
      @ForAll long millis,
      @ForAll @Size(max = 50)
          Map<Integer, @IntRange(max = (int) Note.SEQUENCE_MAX) Integer> feeds) {
    Map<FeedId, Long> entries = new HashMap<>();
    feeds.forEach((number, sequence) -> entries.put(feed(number), (long) sequence));
    PeerClock clock = new PeerClock(millis, entries);
    assertEquals(Optional.of(clock), PeerClock.decode(clock.encode()));
  }

  @Property(tries = 300)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    Bytes raw = Bytes.copyOf(bytes);
    PeerClock.decode(raw).ifPresent(clock -> assertEquals(raw.length(), clock.encode().length()));
  }

  @Property(tries = 1)
  void whatIsNoClockIsRefused() {
    Bytes whole = new PeerClock(NOON, Map.of(feed(1), 7L)).encode();
    assertEquals(Optional.empty(), PeerClock.decode(Bytes.EMPTY));
    assertEquals(Optional.empty(), PeerClock.decode(whole.slice(0, whole.length() - 1)));
    assertEquals(
        Optional.empty(),
        PeerClock.decode(Bytes.concat(Bytes.ofHex("02"), whole.slice(1, whole.length()))));
    assertEquals(
        Optional.empty(),
        PeerClock.decode(
            Bytes.concat(whole.slice(0, whole.length() - 4), Bytes.ofHex("ffffffff"))));
  }

  @Property(tries = 1)
  void itHoldsForADayAndNotWhenTheClockWasSetBack() {
    PeerClock clock = new PeerClock(NOON, Map.of(feed(1), 7L));
    assertEquals(clock, clock.at(NOON));
    assertEquals(clock, clock.at(NOON + PeerClock.LIFE_MILLIS - 1));
    PeerClock later = clock.at(NOON + PeerClock.LIFE_MILLIS);
    assertEquals(new PeerClock(NOON + PeerClock.LIFE_MILLIS, Map.of()), later);
    assertEquals(new PeerClock(NOON - 1, Map.of()), clock.at(NOON - 1));
    assertEquals(new PeerClock(NOON, Map.of()), PeerClock.UNKNOWN.at(NOON));
  }

  @Property(tries = 1)
  void ofVeryManyFeedsSomeAreLeftOut() {
    Map<FeedId, Long> many = new HashMap<>();
    for (int i = 0; i < PeerClock.FEEDS_MAX + 10; i++) {
      many.put(feed(i), (long) i);
    }
    PeerClock back = PeerClock.decode(new PeerClock(NOON, many).encode()).orElseThrow();
    assertEquals(PeerClock.FEEDS_MAX, back.entries().size());
  }
}
