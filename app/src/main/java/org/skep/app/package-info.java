/**
 * The program: {@link org.skep.app.Main} and its commands, {@link org.skep.app.Config}, and {@link
 * org.skep.app.Node}, the one place where all rooms are put together.
 */
@NullMarked
package org.skep.app;

import org.jspecify.annotations.NullMarked;
