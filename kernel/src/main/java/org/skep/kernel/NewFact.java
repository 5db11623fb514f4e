package org.skep.kernel;

/**
 * A record that passed every check which needs nothing but the record itself.
 *
 * @param id what its network calls it
 * @param author who claims to have written it
 * @param position where it stands in the author's log
 * @param claimedMillis when the author says it was written; any number
 * @param evidence why it is believed
 * @param bytes exactly as it came
 */
public record NewFact(
    Ref id, Ref author, LogPosition position, long claimedMillis, Evidence evidence, Bytes bytes) {}
