/**
 * The one HTTP door, inwards: three sites on three loopback ports, guarded and limited, served by
 * Jetty, whose types never leave this room.
 *
 * <p>Invariants: only loopback is listened on; a request for a foreign host name, of a foreign
 * origin or beyond a limit never reaches a handler; a cookie counts on the app site alone; every
 * answer, errors included, carries the security headers of its site; no stack trace reaches a
 * client.
 *
 * <p>Specifications: HTTP semantics RFC 9110, HTTP/1.1 RFC 9112, cookies RFC 6265bis-20, Content
 * Security Policy Level 3 (2026-05), Fetch Metadata Request Headers (2025-04), server-sent events
 * in WHATWG HTML §9.2.
 */
@NullMarked
package org.skep.http;

import org.jspecify.annotations.NullMarked;
