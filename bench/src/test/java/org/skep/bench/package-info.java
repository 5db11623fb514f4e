/** Tests of what the benchmarks reckon with; what they measure no test can know. */
@NullMarked
package org.skep.bench;

import org.jspecify.annotations.NullMarked;
