/**
 * The projections: what people see, as tables that follow from domain events. Each reads and writes
 * only its own tables, and identities and posts stand in them by their alias numbers.
 */
@NullMarked
package org.skep.engine.views;

import org.jspecify.annotations.NullMarked;
