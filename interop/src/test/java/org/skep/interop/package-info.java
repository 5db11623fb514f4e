/**
 * Skep against real programs, each started as a process of its own on loopback.
 *
 * <p>The peers are unmodified: the npm packages pinned in {@code interop/peer} (the ssb-db2 stack
 * that today's Scuttlebutt programs share) and {@code interop/classic-peer} (the older ssb-server),
 * and whatever else a suite names. Nothing here is skipped silently: where a tool is missing the
 * test fails and one sentence names it. Suites are JUnit tags: {@code scuttlebutt}, {@code home},
 * {@code closed}, {@code messages}, {@code browser}.
 */
@NullMarked
package org.skep.interop;

import org.jspecify.annotations.NullMarked;
