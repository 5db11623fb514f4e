package org.skep.http;

import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;

/**
 * Which site a request came to. Told by the socket it came through, never by anything in it.
 *
 * @param byConnector the site behind each listening socket
 */
record SiteDoors(Map<Connector, SiteDoor> byConnector) {
  SiteDoors {
    byConnector = Map.copyOf(byConnector);
  }

  /**
   * @throws IllegalStateException when the socket is none of the door's
   */
  SiteDoor of(Request request) {
    SiteDoor door = byConnector.get(request.getConnectionMetaData().getConnector());
    if (door == null) {
      throw new IllegalStateException("a request through a socket that is not the door's");
    }
    return door;
  }
}
