package org.skep.kernel;

import java.util.List;

/**
 * The one door in: every durable foreign fact passes here, whatever road brought it. Any thread.
 */
public interface Inbox {
  /**
   * Offers items and waits until each has its verdict on disk. Blocks before that while the lane is
   * full, so that the socket behind it stops being read. Each item is judged by itself.
   *
   * @return one verdict for each item, in their order
   */
  List<Verdict> offer(List<RawItem> items, Origin origin) throws InterruptedException;
}
