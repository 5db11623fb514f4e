package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Hash;
import org.skep.kernel.PersonId;
import org.skep.kernel.Ref;

/**
 * A person as everybody here sees her.
 *
 * @param name as she calls herself; empty when she never said
 * @param picture the blob she chose, whether or not it is here
 * @param identities all her names on networks, the first seen first
 * @param own whether she lives on this node
 * @param seenMillis when this node first heard of her; 0 when nobody named her yet
 */
public record PersonView(
    PersonId id,
    String name,
    String description,
    Optional<Hash> picture,
    List<Ref> identities,
    boolean own,
    long seenMillis) {}
