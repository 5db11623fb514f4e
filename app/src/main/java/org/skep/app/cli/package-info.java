/**
 * The command line. Commands talk to the running node over HTTP with the token file of its data
 * folder; exit codes are 0 done, 1 refused, 2 usage, 3 no node runs. No stack trace reaches a user.
 */
@NullMarked
package org.skep.app.cli;

import org.jspecify.annotations.NullMarked;
