package org.skep.kernel;

/**
 * What is known of where own posts have got to. In networks where peers fetch, it is derived from
 * what they acknowledge.
 */
public interface Delivery {
  /**
   * A peer says that it has an own log up to and including a sequence number. Where that is more
   * than is here, it is a claim that entries exist elsewhere, and the owner is told.
   */
  void acknowledged(Ref peer, Ref author, String log, long sequence);
}
