/** Tests of what messages say. */
@NullMarked
package org.skep.networks.scuttlebutt.content;

import org.jspecify.annotations.NullMarked;
