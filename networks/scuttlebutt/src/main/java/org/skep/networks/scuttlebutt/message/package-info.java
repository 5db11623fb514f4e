/**
 * The classic Scuttlebutt message: names of feeds, messages and blobs, and reading, checking and
 * writing signed messages. Pure: no I/O, no clock, no randomness.
 *
 * <p>Invariants: a message is kept as the very text in which it arrived, never re-serialised; its
 * id and the validity of its signature follow from that text alone; nothing that arrives causes any
 * exception, only a refusal with a reason in plain words.
 *
 * <p>Two encodings of one text, the classic mistake: the signature is over the <em>UTF-8</em> form
 * of the indented V8 text without the signature; the id is a hash over the indented V8 text of the
 * whole, each <em>UTF-16 code unit cut to its low byte</em>.
 *
 * <p>Where the JavaScript validators differ, the stricter common core is written and this is read:
 * a private text is canonical base64 followed by {@code .box} and anything on one line
 * (ssb-validate 4.1.4; ssb-classic 1.1 takes any text that ends in {@code .box} or {@code .box2}).
 *
 * <p>Specifications: Scuttlebutt Protocol Guide (November 2023), "Feeds"; SIP 1 (October 2022) for
 * {@code ssb:} URIs; ssb-validate 4.1.4, ssb-keys 8.5.0 and ssb-ref 2.16 for what the guide leaves
 * open; judged by ssb-validation-dataset 1.2.1 (module {@code interop}).
 */
@NullMarked
package org.skep.networks.scuttlebutt.message;

import org.jspecify.annotations.NullMarked;
