@NullMarked
package org.skep.wire.multiformats;

import org.jspecify.annotations.NullMarked;
