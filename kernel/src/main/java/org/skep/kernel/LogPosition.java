package org.skep.kernel;

import java.util.Optional;

/**
 * Where an entry stands in its author's log.
 *
 * @param log which of the author's logs; empty text where a network has only one
 * @param sequence the network's own counting
 * @param previousId the foreign id of the entry before; absent only at the beginning
 */
public record LogPosition(String log, long sequence, Optional<String> previousId) {}
