package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.skep.kernel.DiskException;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.Site;

final class FullDiskTest {
  @Test
  void whoeverCanNotBeServedForWantOfRoomHearsWhy() throws Exception {
    try (OpenDoor open = OpenDoor.ordinary()) {
      open.get(
          Site.APP,
          "/keep",
          Access.OPEN,
          _ -> {
            throw new DiskException("the disk is full", new IllegalStateException("a test"));
          });
      var answer = open.fetch(Site.APP, "/keep");
      assertEquals(507, answer.statusCode());
      assertEquals(
          "{\"error\":\"Skep can't keep this, because the disk is full. What it kept before is"
              + " safe, and can be read.\"}",
          answer.body());
    }
  }
}
