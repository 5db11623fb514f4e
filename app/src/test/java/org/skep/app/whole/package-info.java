/** Tests of giving all away and bringing it back. */
@NullMarked
package org.skep.app.whole;

import org.jspecify.annotations.NullMarked;
