/**
 * Keeping feeds in step with other programs: EBT version 3 in both roles, and {@code
 * createHistoryStream} in both roles for programs that know nothing newer.
 *
 * <p>Invariants: only verified entries are served, only of feeds that the account the peer dialled
 * wants to have, and never to a peer that the account does not let receive; what arrives enters
 * through the inbox alone; the task that receives never waits for the other side to read.
 *
 * <p>Of all connected peers that speak EBT one at a time is asked for a feed ({@code AskedPeers});
 * the others are told not to send it and say when they have more. Whoever promises and does not
 * send loses its turn, and in the end its line ({@code StallWatch}). Feeds of which a peer had just
 * what we have when last met are not spoken of before there is news ({@code PeerClock}). Programs
 * that know no EBT don't say what they have, so that each of them is asked for everything.
 *
 * <p>Specifications: Scuttlebutt Protocol Guide (November 2023), "EBT" and "createHistoryStream";
 * npm {@code epidemic-broadcast-trees} 9.0.2, {@code ssb-ebt} 9.1.2, {@code ssb-db} 20.4.1 as the
 * behaviour to match. There {@code sequence} of {@code createHistoryStream} is the first entry
 * wanted, not the last one known.
 */
@NullMarked
package org.skep.networks.scuttlebutt.replication;

import org.jspecify.annotations.NullMarked;
