/** Tests of the home log as a network. */
@NullMarked
package org.skep.networks.home;

import org.jspecify.annotations.NullMarked;
