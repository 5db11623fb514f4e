/** An engine that knows a network, to show that the table of rooms bites. */
@NullMarked
package org.skep.engine.trespass;

import org.jspecify.annotations.NullMarked;
