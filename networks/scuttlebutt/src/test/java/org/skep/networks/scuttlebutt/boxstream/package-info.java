@NullMarked
package org.skep.networks.scuttlebutt.boxstream;

import org.jspecify.annotations.NullMarked;
