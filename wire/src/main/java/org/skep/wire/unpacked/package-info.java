/** Native libraries, which an operating system loads from files alone and not out of a jar. */
@NullMarked
package org.skep.wire.unpacked;

import org.jspecify.annotations.NullMarked;
