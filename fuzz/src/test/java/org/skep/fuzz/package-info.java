/** Tests of {@code fuzz}, and of every decoder with all that ever broke one. */
@NullMarked
package org.skep.fuzz;

import org.jspecify.annotations.NullMarked;
