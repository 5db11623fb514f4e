/**
 * Every decoder, and what must hold of it whatever a stranger sends: that it takes or refuses and
 * does not fail otherwise, that what it takes it writes again as it was, that it is done soon.
 *
 * <p>One {@link org.skep.fuzz.Target} for each; those of decoders that only their own package sees
 * stand in that package. Jazzer makes up inputs for them ({@code ./skep fuzz}), beginning with what
 * real programs said. What broke a target once is kept and tried by {@code ./skep test} ever after,
 * without Jazzer.
 */
@NullMarked
package org.skep.fuzz;

import org.jspecify.annotations.NullMarked;
