@NullMarked
package org.skep.networks.scuttlebutt.blobs;

import org.jspecify.annotations.NullMarked;
