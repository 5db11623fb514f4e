package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.Site;

/** A door that is open early answers by other routes later. */
class OtherRoutesTest {
  @Test
  void theRoutesAreOthersAllAtOnce() throws Exception {
    try (OpenDoor door = OpenDoor.ordinary()) {
      door.get(Site.APP, "/", Access.OPEN, _ -> HttpResponse.html(200, "one moment"));
      door.get(Site.APP, "/api/{call*}", Access.OPEN, _ -> HttpResponse.empty(503));
      assertEquals("one moment", door.fetch(Site.APP, "/").body());
      assertEquals(503, door.fetch(Site.APP, "/api/v1/all").statusCode());

      RouteTable others = new RouteTable();
      others.add(HttpRoute.get(Site.APP, "/", Access.OPEN, _ -> HttpResponse.html(200, "here")));
      others.add(HttpRoute.get(Site.APP, "/api/v1/all", Access.OPEN, _ -> HttpResponse.empty(204)));
      door.door().answerBy(others);

      assertEquals("here", door.fetch(Site.APP, "/").body());
      assertEquals(204, door.fetch(Site.APP, "/api/v1/all").statusCode());
      assertEquals(404, door.fetch(Site.APP, "/api/v1/other").statusCode());
    }
  }
}
