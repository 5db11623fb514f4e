/** A network that breaks one rule of the house per class, to show that the rules bite. */
@NullMarked
package org.skep.networks.trespass;

import org.jspecify.annotations.NullMarked;
