/** Tests of age. */
@NullMarked
package org.skep.wire.age;

import org.jspecify.annotations.NullMarked;
