/** Tests of files of messages, by example and by properties. */
@NullMarked
package org.skep.networks.scuttlebutt.logfile;

import org.jspecify.annotations.NullMarked;
