package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.http.RouteTable.Match;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.Site;

/** Which route a path leads to. */
final class RouteTableTest {
  private final RouteTable table = new RouteTable();

  private static HttpRoute route(HttpMethod method, String path) {
    return new HttpRoute(Site.APP, method, path, 0, Access.OPEN, _ -> HttpResponse.empty(204));
  }

  private void get(String... paths) {
    for (String path : paths) {
      table.add(route(HttpMethod.GET, path));
    }
  }

  private Match.Found found(String path) {
    return assertInstanceOf(Match.Found.class, table.match(Site.APP, HttpMethod.GET, path));
  }

  @Test
  void literalsGoBeforeNamesAndNamesBeforeARest() {
    get("/{file*}", "/a/{id}", "/a/lookup", "/{x}/b", "/");
    assertEquals("/a/lookup", found("/a/lookup").route().path());
    assertEquals("/a/{id}", found("/a/b").route().path());
    assertEquals(Map.of("id", "b"), found("/a/b").values());
    assertEquals("/{x}/b", found("/c/b").route().path());
    assertEquals("/{file*}", found("/c/d").route().path());
    assertEquals(Map.of("file", "c/d/e"), found("/c/d/e").values());
    assertEquals("/", found("/").route().path());
  }

  @Test
  void aPathMustMatchToItsEnd() {
    get("/a/{id}", "/r/{x*}");
    for (String path : List.of("/a", "/a/", "/a/1/", "/a/1/2", "/r", "/r/", "", "a/1", "/a//")) {
      assertInstanceOf(Match.Nowhere.class, table.match(Site.APP, HttpMethod.GET, path), path);
    }
  }

  @Test
  void otherMethodsOfAPathAreNamed() {
    get("/a/{id}");
    table.add(route(HttpMethod.PUT, "/a/{id}"));
    Match.OtherMethods others =
        assertInstanceOf(
            Match.OtherMethods.class, table.match(Site.APP, HttpMethod.DELETE, "/a/1"));
    assertEquals(Set.of(HttpMethod.GET, HttpMethod.PUT), others.methods());
  }

  @Test
  void theSamePathTwiceIsRefused() {
    get("/a/{id}");
    assertThrows(IllegalArgumentException.class, () -> get("/a/{other}"));
    table.add(route(HttpMethod.POST, "/a/{id}"));
  }

  @Test
  void patternsThatCouldSurpriseAreRefused() {
    for (String path :
        List.of("", "a", "/a/", "//", "/{a*}/b", "/{a}/{a}", "/a b", "/{A}", "/a?b", "/{}")) {
      assertThrows(
          IllegalArgumentException.class, () -> route(HttpMethod.GET, path), "pattern " + path);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> HttpRoute.get(Site.CONTENT, "/a", Access.SIGNED_IN, _ -> HttpResponse.empty(204)));
  }
}
