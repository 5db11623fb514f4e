package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Semantics of time: what is shown for what was claimed. */
class EffectiveTimePropertiesTest {
  private static final long TOLERANCE = EffectiveTime.TOLERANCE_MILLIS;
  private static final long EARLIEST = EffectiveTime.EARLIEST_MILLIS;

  /** When things reach a node whose own clock is sane. */
  @Provide
  Arbitrary<Long> arrivals() {
    return Arbitraries.longs().between(EARLIEST + 1, 4_000_000_000_000L);
  }

  @Provide
  Arbitrary<Optional<Long>> previous() {
    return Arbitraries.longs().between(EARLIEST, 4_000_000_000_000L).optional();
  }

  @Provide
  Arbitrary<Long> claims() {
    return Arbitraries.oneOf(
        Arbitraries.longs(), Arbitraries.longs().between(EARLIEST - 10, 4_000_000_000_000L));
  }

  @Property
  void aSensibleClaimIsBelieved(
      @ForAll("arrivals") long received,
      @ForAll("claims") long claimed,
      @ForAll boolean news,
      @ForAll("previous") Optional<Long> previous) {
    if (claimed >= EARLIEST && claimed <= received + TOLERANCE) {
      assertEquals(claimed, EffectiveTime.of(claimed, received, news, previous));
    }
  }

  @Property
  void aClaimOfTheFutureIsTheArrivalWhenItIsNews(
      @ForAll("arrivals") long received, @ForAll("previous") Optional<Long> previous) {
    assertEquals(received, EffectiveTime.of(received + TOLERANCE + 1, received, true, previous));
  }

  @Property
  void aWrongClockInHistoryStandsRightAfterTheEntryBefore(
      @ForAll("arrivals") long received, @ForAll("claims") long claimed) {
    long before = Math.max(EARLIEST, received - 1_000_000);
    if (claimed > received + TOLERANCE || claimed < EARLIEST) {
      assertEquals(before + 1, EffectiveTime.of(claimed, received, false, Optional.of(before)));
    }
  }

  @Property
  void nothingIsShownLaterThanTheToleranceAllowsNorBeforeAnyNetworkWas(
      @ForAll("arrivals") long received,
      @ForAll("claims") long claimed,
      @ForAll boolean news,
      @ForAll("previous") Optional<Long> previous) {
    long effective = EffectiveTime.of(claimed, received, news, previous);

    assertTrue(effective <= received + TOLERANCE, "shown in the future: " + effective);
    assertTrue(effective >= EARLIEST, "shown before anything was: " + effective);
  }

  @Property
  void oneWrongClockDoesNotDragAPastToToday(@ForAll("arrivals") long received) {
    long effective = EffectiveTime.of(Long.MAX_VALUE, received, false, Optional.empty());

    assertEquals(EARLIEST, effective);
  }
}
