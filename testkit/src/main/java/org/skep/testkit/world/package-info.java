/**
 * Worlds that a seed makes up: whole nodes in one process, on virtual time, with a network and
 * disks that fail. Everything in a world happens on one thread, in an order that the seed chooses,
 * so that the same seed is the same story.
 */
@NullMarked
package org.skep.testkit.world;

import org.jspecify.annotations.NullMarked;
