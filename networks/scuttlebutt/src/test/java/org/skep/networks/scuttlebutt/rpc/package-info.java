@NullMarked
package org.skep.networks.scuttlebutt.rpc;

import org.jspecify.annotations.NullMarked;
