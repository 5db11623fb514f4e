package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Evidence;
import org.skep.kernel.Facts.Shown;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;

/** Ids are clients' cache keys and their only order, so these must hold for any clock. */
final class LocalIdsPropertiesTest {
  private static final long YEAR_2453 = 15_258_000_000_000L;
  private static final Ref AUTHOR = new Ref(new NetworkId("test"), "@somebody");

  /** One store for all tries; each try is undone. */
  private record World(Path folder, ThreadTasks tasks, SqliteStore store, SqliteFacts facts) {}

  private static final List<World> WORLD = new ArrayList<>(1);

  @BeforeContainer
  static void open() throws IOException {
    Path folder = Files.createTempDirectory("local-ids");
    ThreadTasks tasks = new ThreadTasks();
    SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks);
    WORLD.add(new World(folder, tasks, store, new SqliteFacts(store, new SqliteAliases())));
  }

  @AfterContainer
  static void close() throws IOException {
    World world = WORLD.removeFirst();
    world.store.close();
    world.tasks.close();
    try (Stream<Path> files = Files.walk(world.folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property
  void everyTimeHasEighteenDigits(@ForAll @LongRange(min = 0, max = YEAR_2453) long millis) {
    assertEquals(18, Long.toString(LocalIds.at(millis)).length());
    assertEquals(18, Long.toString(LocalIds.at(millis) | 0xffff).length());
  }

  @Property
  void timesThatMakeNoSenseHaveEighteenDigitsToo(@ForAll long millis) {
    assertEquals(18, Long.toString(LocalIds.at(millis) | 0xffff).length());
  }

  @Property
  void laterTimesNeverHaveSmallerIds(
      @ForAll @LongRange(min = -1_000, max = YEAR_2453) long one,
      @ForAll @LongRange(min = -1_000, max = YEAR_2453) long other) {
    long earlier = Math.min(one, other);
    long later = Math.max(one, other);
    assertTrue(LocalIds.at(earlier) <= LocalIds.at(later));
  }

  @Property
  void theSqueezeKeepsTheOrderAcrossItsEnds(
      @ForAll @LongRange(min = -100_000, max = 100_000) long step) {
    for (long end : List.of(0L, LocalIds.FIRST_MILLIS, LocalIds.FIRST_MILLIS + 86_400_000L)) {
      assertTrue(LocalIds.at(end) <= LocalIds.at(end + Math.abs(step)));
      assertTrue(LocalIds.at(end - Math.abs(step)) <= LocalIds.at(end));
    }
  }

  @Property
  void timesOfTodayStandInTheirIds(
      @ForAll @LongRange(min = LocalIds.FIRST_MILLIS + 86_400_000L, max = YEAR_2453) long millis) {
    assertEquals(millis, LocalIds.at(millis) >> 16);
  }

  @Provide
  Arbitrary<List<Shown>> days() {
    Arbitrary<Long> clock =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1_700_000_000_000L, 1_700_000_000_003L),
            Arbitraries.longs().between(0, YEAR_2453),
            Arbitraries.of(0L, -1L, LocalIds.FIRST_MILLIS, 1_525_000_000_000L));
    return Combinators.combine(clock, clock, Arbitraries.of(true, false))
        .as(Shown::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.MIXIN)
  void newsStandsAboveAllBeforeItAndNoIdIsGivenTwice(@ForAll("days") List<Shown> days) {
    List<Long> ids = ids(days);
    long highest = 0;
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(18, Long.toString(ids.get(i)).length());
      if (days.get(i).news()) {
        assertTrue(ids.get(i) > highest, "news below what was there: " + days);
      } else {
        long received = LocalIds.at(days.get(i).receivedMillis());
        assertTrue(ids.get(i) <= received + days.size(), "history above its arrival: " + days);
      }
      highest = Math.max(highest, ids.get(i));
    }
    assertEquals(ids.size(), new HashSet<>(ids).size());
  }

  /** The ids facts get one after the other; nothing of it stays. */
  private static List<Long> ids(List<Shown> days) {
    List<Long> ids = new ArrayList<>();
    World world = WORLD.getFirst();
    try {
      world.store.write(
          Lane.OWN,
          tx -> {
            for (Shown shown : days) {
              ids.add(world.facts.keep(tx, entry(ids.size()), shown, "test").localId());
            }
            throw new StoreException("undone");
          });
    } catch (StoreException e) {
      assertEquals("undone", e.getMessage());
    }
    return ids;
  }

  private static NewFact entry(int number) {
    return new NewFact(
        new Ref(AUTHOR.network(), "%" + number),
        AUTHOR,
        new LogPosition("", number, Optional.empty()),
        0,
        Evidence.SELF_SIGNED,
        Bytes.EMPTY);
  }
}
