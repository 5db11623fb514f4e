/** Tests of the classic message, against what JavaScript programs wrote and by properties. */
@NullMarked
package org.skep.networks.scuttlebutt.message;

import org.jspecify.annotations.NullMarked;
