package org.skep.engine;

import java.util.List;
import org.skep.kernel.PersonId;
import org.skep.kernel.Ref;

/**
 * A person as everybody here sees her.
 *
 * @param name as she calls herself; empty when she never said
 * @param identities all her names on networks, the first seen first
 * @param own whether she lives on this node
 */
public record PersonView(
    PersonId id, String name, String description, List<Ref> identities, boolean own) {}
