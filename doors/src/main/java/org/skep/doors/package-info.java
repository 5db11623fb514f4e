/**
 * The real doors to what makes programs hard to test: time, randomness, threads, sockets. The only
 * room that opens them; everybody else is handed a contract of {@link org.skep.kernel}.
 */
@NullMarked
package org.skep.doors;

import org.jspecify.annotations.NullMarked;
