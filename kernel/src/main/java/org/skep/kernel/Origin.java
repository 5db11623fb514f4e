package org.skep.kernel;

/**
 * Who brought an item.
 *
 * @param peer a short stable name of the bringer; lanes are fair among these, and what waits is
 *     bounded for each
 * @param lane how urgent
 */
public record Origin(String peer, Lane lane) {}
