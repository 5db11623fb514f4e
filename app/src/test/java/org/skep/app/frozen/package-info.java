/**
 * Data folders that older versions left, one for each format of the store, and what was to be seen
 * in them. {@link FrozenMaker} made each with the version of its time. They are never changed: a
 * new format gets a new one.
 */
@NullMarked
package org.skep.app.frozen;

import org.jspecify.annotations.NullMarked;
