@NullMarked
package org.skep.networks.scuttlebutt.replication;

import org.jspecify.annotations.NullMarked;
