/**
 * The client API: what the page, the command line, scripts and phone apps speak. Mastodon's shapes
 * wherever Mastodon has one, {@code /api/skep/v1} for the rest; listed in {@code docs/api.md}.
 *
 * <p>Invariants: every call reads and acts for the account that its session or token stands for;
 * the store is touched only to hear what is announced and to keep settings; every list is sorted by
 * id; foreign text leaves as JSON strings or as sanitised HTML; a refusal is one sentence for a
 * person.
 *
 * <p>Specifications: Mastodon's REST and streaming API as documented for 4.3; paging by RFC 8288
 * Link headers; CommonMark 0.31; Scuttlebutt URIs (SIP 1); {@code .alt} names (RFC 9476).
 */
@NullMarked
package org.skep.api;

import org.jspecify.annotations.NullMarked;
