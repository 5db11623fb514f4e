package org.skep.kernel.http;

/** Where a room registers what it answers, before or while the door is open. Any thread. */
public interface HttpRoutes {
  /**
   * @throws IllegalArgumentException when another route of the same site and method matches the
   *     very same paths
   */
  void add(HttpRoute route);
}
