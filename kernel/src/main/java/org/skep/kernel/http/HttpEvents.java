package org.skep.kernel.http;

/**
 * A stream of server-sent events that lasts until the client leaves or the sink is closed.
 *
 * @param source fills it
 */
public record HttpEvents(EventSource source) implements HttpAnswer {}
