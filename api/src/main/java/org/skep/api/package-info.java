/**
 * The client API: Mastodon's shapes wherever Mastodon has one (docs.joinmastodon.org, API of 4.3),
 * {@code /api/skep/v1} for the rest. It turns requests into questions to {@code engine}'s reader and
 * actions, and answers into JSON; it never touches the store.
 */
@NullMarked
package org.skep.api;

import org.jspecify.annotations.NullMarked;
