/**
 * What happens between the doors: {@link org.skep.engine.StoreInbox} lets facts in, {@link
 * org.skep.engine.Actions} turns the owner's wishes into operations and their faces, {@link
 * org.skep.engine.Projections} keeps the views, {@link org.skep.engine.AccountPolicy} decides.
 *
 * <p>Invariants: a fact, its place in its log and its rows in every view are one transaction; views
 * follow from facts alone; everything done or read for somebody names the account.
 */
@NullMarked
package org.skep.engine;

import org.jspecify.annotations.NullMarked;
