/** What tests and measurements of the whole program need, and the program itself never does. */
@NullMarked
package org.skep.testkit;

import org.jspecify.annotations.NullMarked;
