/**
 * Files of messages, as people who look after a network pass them around: JSON lines or one JSON
 * list, of messages as they are or each in its envelope {@code {key, value, timestamp}}.
 *
 * <p>Invariants: a file is read as a stream and never stands in memory; whatever it holds, each
 * message of it is a message or a refusal with a reason in plain words; a message is given on as
 * the very text that stood there, but for one that was spread over several lines.
 *
 * <p>What is written are bare values, one a line: what ssb-db2's {@code addBatch} and ssb-validate
 * take, and the key follows from the value.
 */
@NullMarked
package org.skep.networks.scuttlebutt.logfile;

import org.jspecify.annotations.NullMarked;
