/** The words of the domain and the contracts between the rooms; no I/O. */
@NullMarked
package org.skep.kernel;

import org.jspecify.annotations.NullMarked;
