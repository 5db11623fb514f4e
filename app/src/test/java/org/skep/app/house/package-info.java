/**
 * The rules of the house as tests: rooms, doors and tidiness.
 *
 * <p>Each rule is shown to bite: {@code org.skep.networks.trespass} and {@code
 * org.skep.engine.trespass} hold small classes that break one rule each.
 */
@NullMarked
package org.skep.app.house;

import org.jspecify.annotations.NullMarked;
