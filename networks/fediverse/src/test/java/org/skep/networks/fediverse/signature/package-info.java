@NullMarked
package org.skep.networks.fediverse.signature;

import org.jspecify.annotations.NullMarked;
