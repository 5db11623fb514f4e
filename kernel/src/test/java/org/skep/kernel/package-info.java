/** Tests of the words of the domain. */
@NullMarked
package org.skep.kernel;

import org.jspecify.annotations.NullMarked;
