/**
 * A Scuttlebutt network's past, made up: for tests and measurements that need more of it than
 * anybody wants to write by hand.
 *
 * <p>Invariants: the same seed and sizes give the same bytes on every machine; every message is one
 * that real programs accept.
 */
@NullMarked
package org.skep.testkit.scuttlebutt;

import org.jspecify.annotations.NullMarked;
