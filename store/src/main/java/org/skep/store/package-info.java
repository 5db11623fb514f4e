/**
 * SQLite and disk. One database file, one writer with group commit, several readers, blobs as files
 * named by their hash. JDBC and native compression never leave this room.
 *
 * <p>Invariants: a write that returned is on disk; an announcement is made after its commit or
 * never; fact bytes come out exactly as they went in.
 */
@NullMarked
package org.skep.store;

import org.jspecify.annotations.NullMarked;
