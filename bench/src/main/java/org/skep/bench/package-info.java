/**
 * How much the whole program costs, measured on real nodes: {@code ./skep bench}. No part of the
 * product.
 *
 * <p>Invariants: what is measured is the unchanged program in JVMs of its own, one for each node
 * and anew for each round, because whatever a warm JVM does later looks cheaper than it is; what is
 * counted or asked while a round runs is counted and asked from outside.
 */
@NullMarked
package org.skep.bench;

import org.jspecify.annotations.NullMarked;
