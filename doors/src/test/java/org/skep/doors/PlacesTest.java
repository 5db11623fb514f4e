package org.skep.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Connection;

class PlacesTest {
  private static final int MAX = 8;

  private final Places places = new Places(MAX);

  /** A connection that does nothing but end. */
  private final class Caller implements Connection {
    private final String host;
    private boolean open = true;

    Caller(String host) {
      this.host = host;
    }

    @Override
    public void readTimeout(Duration atMost) {}

    @Override
    public InputStream input() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream output() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public String remote() {
      return host;
    }

    @Override
    public String remoteHost() {
      return host;
    }

    @Override
    public void keep() {
      places.keep(this);
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private List<Caller> flood(String host, int count) {
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(new Caller(host));
      places.take(callers.getLast());
    }
    return callers;
  }

  private static long open(List<Caller> callers) {
    return callers.stream().filter(caller -> caller.open).count();
  }

  @Test
  void oneHostMayHaveAllPlacesAsLongAsNobodyElseComes() {
    List<Caller> many = flood("a", MAX);
    assertEquals(MAX, open(many));
    assertFalse(places.take(new Caller("a")), "but no more");
    assertEquals(MAX, open(many));
  }

  @Test
  void whoeverHasManyGivesTheLatestUpForSomebodyWhoHasFew() {
    List<Caller> many = flood("a", MAX);
    Caller other = new Caller("b");
    assertTrue(places.take(other));
    assertFalse(many.getLast().open);
    assertEquals(MAX - 1, open(many));
    assertEquals(MAX, places.all().size());
  }

  @Test
  void twoHostsThatWantAllShareAlikeAndTakeNothingMoreFromEachOther() {
    List<Caller> first = flood("a", MAX);
    List<Caller> second = flood("b", 10 * MAX);
    assertEquals(MAX / 2, open(first));
    assertFalse(places.take(new Caller("a")));
    assertEquals(MAX, places.all().size());
    assertTrue(places.all().contains(second.getFirst()));
  }

  private List<Caller> crowd(String name) {
    List<Caller> crowd = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      crowd.addAll(flood(name + i, 1));
    }
    return crowd;
  }

  @Test
  void manyHostsWithOneEachDoNotKeepTheNextOut() {
    List<Caller> crowd = crowd("host ");
    Caller next = new Caller("next");
    assertTrue(places.take(next));
    assertFalse(crowd.getFirst().open, "the one that has been here longest");
    assertEquals(MAX - 1, open(crowd));
    assertFalse(places.take(new Caller("next")), "but no second one");
  }

  @Test
  void whoeverIsWantedKeepsThePlaceHoweverManyCome() {
    Caller wanted = new Caller("wanted");
    places.take(wanted);
    wanted.keep();
    crowd("one ");
    crowd("other ");
    flood("many", 3 * MAX);
    assertTrue(wanted.open);
    assertEquals(MAX, places.all().size());
  }

  @Test
  void whereAllAreWantedNobodyElseComesIn() {
    List<Caller> crowd = crowd("friend ");
    crowd.forEach(Caller::keep);
    Caller late = new Caller("late");
    assertFalse(places.take(late));
    assertEquals(MAX, open(crowd));

    places.leave(crowd.getLast());
    assertTrue(places.take(late), "until one leaves");
  }

  @Test
  void aPlaceThatIsLeftIsFreeAndLeavingTwiceFreesNoOther() {
    List<Caller> many = flood("a", MAX);
    places.take(new Caller("b"));
    places.leave(many.getLast());
    assertFalse(places.take(new Caller("a")), "it had lost its place before");
    places.leave(many.getFirst());
    places.leave(many.getFirst());
    assertTrue(places.take(new Caller("a")));
    assertFalse(places.take(new Caller("a")));
  }
}
