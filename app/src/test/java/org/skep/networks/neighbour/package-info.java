/** A network for its sibling to trespass on. */
@NullMarked
package org.skep.networks.neighbour;

import org.jspecify.annotations.NullMarked;
