@NullMarked
package org.skep.networks.scuttlebutt;

import org.jspecify.annotations.NullMarked;
