@NullMarked
package org.skep.networks.scuttlebutt.handshake;

import org.jspecify.annotations.NullMarked;
