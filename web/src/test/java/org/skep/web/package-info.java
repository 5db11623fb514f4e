/** Tests of the web app that need no browser; those in a browser are in {@code interop}. */
@NullMarked
package org.skep.web;

import org.jspecify.annotations.NullMarked;
