package org.skep.networks.scuttlebutt;

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

class HandshakePlacesTest {
  private static final int MAX = 8;
  private static final int PER_HOST_MAX = 4;

  private final HandshakePlaces places = new HandshakePlaces(MAX, PER_HOST_MAX);

  /** A connection that does nothing but end. */
  private static final class Caller implements Connection {
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
    public void keep() {}

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

  private static List<Boolean> open(List<Caller> callers) {
    return callers.stream().map(caller -> caller.open).toList();
  }

  @Test
  void oneHostThatComesAgainAndAgainTurnsOutItsOwnOldest() {
    Caller honest = new Caller("b");
    places.take(honest);
    List<Caller> flood = flood("a", PER_HOST_MAX + 2);
    assertEquals(List.of(false, false, true, true, true, true), open(flood));
    assertTrue(honest.open);
  }

  @Test
  void whoComesWhenAllPlacesAreTakenGetsTheOldestOfTheHostThatHasMost() {
    List<Caller> most = flood("a", 4);
    List<Caller> fewer = flood("b", 3);
    Caller one = new Caller("c");
    places.take(one);
    Caller next = new Caller("d");
    places.take(next);
    assertEquals(List.of(false, true, true, true), open(most));
    assertEquals(List.of(true, true, true), open(fewer));
    assertTrue(one.open && next.open);
  }

  @Test
  void manyHostsWithOneEachDoNotKeepTheNextOut() {
    List<Caller> crowd = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      crowd.addAll(flood("host " + i, 1));
    }
    Caller next = new Caller("next");
    places.take(next);
    assertTrue(next.open);
    assertEquals(1, open(crowd).stream().filter(open -> !open).count());
    assertFalse(crowd.getFirst().open, "the one that has taken longest");
  }

  @Test
  void whoseHandshakeIsOverIsNotTurnedOutAnyMore() {
    Caller done = new Caller("a");
    places.take(done).close();
    flood("a", 10 * MAX);
    assertTrue(done.open);
  }
}
