/**
 * All that a Skep holds, given away as a folder of plain files and brought back from one: entries
 * in their networks' own formats, blobs by their hash, what is private sealed by a passphrase, and
 * a list of it all, written last. Whatever is read from such a folder is foreign: named, bounded
 * and checked before it is used. Specification: {@code docs/backup.md}.
 */
@NullMarked
package org.skep.app.whole;

import org.jspecify.annotations.NullMarked;
