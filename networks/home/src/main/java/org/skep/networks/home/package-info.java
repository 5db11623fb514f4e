/**
 * The home log as a network: what an owner does becomes an operation here first, and operations
 * become the domain's events.
 *
 * <p>Invariants: one author never writes two operations at one place of one log, because {@link
 * org.skep.networks.home.HomeOwnLog} reads the end of the log in the transaction that adds to it;
 * an act for herself leaves this package sealed. Specifications: {@code docs/networks/home.md},
 * version 1, and those named in the packages below.
 */
@NullMarked
package org.skep.networks.home;

import org.jspecify.annotations.NullMarked;
