/** Tests of JSON with JavaScript's meaning, against what Node wrote and by properties. */
@NullMarked
package org.skep.wire.json;

import org.jspecify.annotations.NullMarked;
