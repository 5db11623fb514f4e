/**
 * Real programs as processes, for tests and measurements beside them: installed as they are, spoken
 * to line by line, always with a deadline.
 */
@NullMarked
package org.skep.testkit.peers;

import org.jspecify.annotations.NullMarked;
