/**
 * Single operations, measured by JMH: {@code ./skep bench jmh}.
 *
 * <p>Invariants: what is measured are the node's own classes with what a node gives them; JMH's
 * processor asks for public classes and methods that give back what they made.
 */
@NullMarked
package org.skep.bench.jmh;

import org.jspecify.annotations.NullMarked;
