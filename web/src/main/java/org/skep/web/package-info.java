/**
 * The web app, the first face of Skep: plain files under {@code org/skep/web} on the class path,
 * native ES modules and style sheets, used as they are. There is no Java here but this page.
 *
 * <p>Whoever serves them answers {@code /} with {@code org/skep/web/index.html}, {@code /app/} with
 * the folder {@code org/skep/web/app}, and {@code /_static/} with {@code
 * META-INF/resources/_static}, where the Maven packages of Lit put theirs. A browser takes an
 * import map only from inside the page; it is the one inline script, and the content security
 * policy allows it by its hash. All screens are behind the {@code #} of the one address.
 *
 * <p>Invariants: the app speaks to the server only through the client API, same origin; it loads
 * nothing from anywhere else; no inline styles; every string that came from a person is shown as
 * text, or passes {@code app/sanitise.js} after the server's own cleaning.
 *
 * <p>Specifications: import maps (WHATWG HTML, section 8.1.6.2); Content Security Policy Level 3
 * (W3C); Trusted Types (W3C), with the policies {@code lit-html} and {@code skep-inert}.
 */
@NullMarked
package org.skep.web;

import org.jspecify.annotations.NullMarked;
