/**
 * SQLite and disk. One database file, one writer with group commit, several readers, blobs as files
 * named by their hash. JDBC and native compression never leave this room.
 *
 * <p>Invariants: a write that returned is on disk; an announcement is made after its commit or
 * never; fact bytes come out exactly as they went in; a blob has its row only while its file is
 * whole and in its place. Files are for their owner only.
 *
 * <p>Written for SQLite 3.54 (https://www.sqlite.org/docs.html), zstd (RFC 8878), SHA-256 (FIPS
 * 180-4).
 */
@NullMarked
package org.skep.store;

import org.jspecify.annotations.NullMarked;
