/** Tests of what operations say. */
@NullMarked
package org.skep.networks.home.words;

import org.jspecify.annotations.NullMarked;
