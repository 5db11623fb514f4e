package org.skep.networks.scuttlebutt.rpc;

/**
 * What one connection may cost.
 *
 * @param bodyBytesMax the longest body of one packet. Peers send their whole EBT clock as one:
 *     about 62 bytes for each feed they follow
 * @param callsMax how many calls of the other side are served at once
 * @param streamsMax how many streams the other side may have open at once; old programs ask for one
 *     history stream for each feed they follow
 * @param inboundBytesMax how much of all streams together may wait for its readers before the
 *     connection stops being read (one item always fits), by what it takes in memory
 * @param outboxBytesMax how much may wait to be written before those who write have to wait, by
 *     what it takes in memory
 * @param answersBytesMax how much more the reading thread itself may leave there, which can't wait
 */
public record RpcLimits(
    int bodyBytesMax,
    int callsMax,
    int streamsMax,
    int inboundBytesMax,
    int outboxBytesMax,
    int answersBytesMax) {

  /** For peers met on the network. A 2 MiB clock names some 33,000 feeds. */
  public static final RpcLimits DEFAULT =
      new RpcLimits(2 << 20, 32, 320, 512 << 10, 256 << 10, 64 << 10);
}
