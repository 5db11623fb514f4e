package org.skep.kernel;

/**
 * A record that is kept.
 *
 * @param localSeq order of commit on this node, from 1 without gaps being promised
 * @param localId 18 digits, sortable, given once; see decision 003
 * @param content what came
 * @param effectiveMillis the time it is shown under; see {@code semantics}: claimed, unless that
 *     lies in the future or makes no sense
 * @param receivedMillis when it reached this node
 * @param news true when a log moved forward, false when its past was fetched
 * @param origin the road it came by, in words
 */
public record Fact(
    long localSeq,
    long localId,
    NewFact content,
    long effectiveMillis,
    long receivedMillis,
    boolean news,
    String origin)
    implements Kept {}
