package org.skep.kernel.http;

/** Answers one request; called on a virtual thread of its own, so it may block. Any thread. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * @param request already admitted: host, origin, caller and size are checked
   * @return what the client gets
   * @throws HttpProblem to refuse with a status and a sentence; any other exception becomes a 500
   *     with a plain sentence, and one line in the log
   */
  HttpAnswer answer(HttpRequest request);
}
