@NullMarked
package org.skep.networks.fediverse.proof;

import org.jspecify.annotations.NullMarked;
