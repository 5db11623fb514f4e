package org.skep.networks.scuttlebutt.replication;

import org.skep.kernel.Delivery;
import org.skep.kernel.Diary;
import org.skep.kernel.Feeds;
import org.skep.kernel.Inbox;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PeerMemory;
import org.skep.kernel.Policy;
import org.skep.kernel.Store;

/**
 * What replication needs of the rest of the program.
 *
 * @param network under which name Scuttlebutt's records are kept
 */
public record KernelDoors(
    NetworkId network,
    Store store,
    Feeds feeds,
    Inbox inbox,
    Policy policy,
    Delivery delivery,
    PeerMemory memory,
    Diary diary) {}
