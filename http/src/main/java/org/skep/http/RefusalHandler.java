package org.skep.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.skep.kernel.http.HttpResponse;

/**
 * Answers what the server refuses before a handler sees it, such as malformed requests, in our
 * words and with our headers. The server's own pages would name the product and the exception.
 */
final class RefusalHandler implements Request.Handler {
  private final SiteDoors doors;
  private final AnswerWriter writer;

  RefusalHandler(SiteDoors doors, AnswerWriter writer) {
    this.doors = doors;
    this.writer = writer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = HttpStatus.isServerError(response.getStatus()) ? response.getStatus() : 400;
    if (HttpStatus.isClientError(response.getStatus())) {
      status = response.getStatus();
    }
    String sentence =
        switch (status) {
          case 408 -> "This request took too long.";
          case 414, 431 -> "This request is too long.";
          case 503 -> "Skep is stopping.";
          default ->
              HttpStatus.isServerError(status)
                  ? "Something went wrong inside Skep; its log says what."
                  : "Skep does not understand this request.";
        };
    try {
      HttpResponse refusal = Problems.answer(status, sentence, request.getHeaders());
      writer.write(doors.of(request), refusal, request, response);
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    }
    return true;
  }
}
