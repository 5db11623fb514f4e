/** Tests of the home log's operations. */
@NullMarked
package org.skep.networks.home.operation;

import org.jspecify.annotations.NullMarked;
