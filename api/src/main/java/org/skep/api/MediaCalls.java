package org.skep.api;

import org.skep.engine.Actions;
import org.skep.engine.Pictures;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/** The calls about pictures that wait for their post. */
final class MediaCalls {
  private final Pictures pictures;
  private final Uploads uploads;
  private final AttachmentShapes shapes;

  MediaCalls(Pictures pictures, Uploads uploads, AttachmentShapes shapes) {
    this.pictures = pictures;
    this.uploads = uploads;
    this.shapes = shapes;
  }

  void register(Endpoints endpoints) {
    for (String path : new String[] {"/api/v1/media", "/api/v2/media"}) {
      endpoints.upload(HttpMethod.POST, path, Pictures.UPLOAD_BYTES_MAX, this::add);
    }
    endpoints.get("/api/v1/media/{id}", this::show);
    endpoints.put("/api/v1/media/{id}", this::describe);
  }

  private HttpAnswer add(Call call) {
    String description = description(call);
    Bytes file =
        call.request().parts().stream()
            .filter(part -> part.file() && part.name().equals("file"))
            .map(HttpPart::content)
            .findFirst()
            .orElseThrow(
                () -> new HttpProblem(422, "Please send the picture as a file of a form."));
    return shown(call, uploads.add(call.account(), pictures.takeWhole(file), description));
  }

  private HttpAnswer show(Call call) {
    return shown(
        call, uploads.find(call.account(), call.upload()).orElseThrow(MediaCalls::notHere));
  }

  private HttpAnswer describe(Call call) {
    if (call.parameters().raw("description").isEmpty()) {
      return show(call);
    }
    return shown(
        call,
        uploads
            .describe(call.account(), call.upload(), description(call))
            .orElseThrow(MediaCalls::notHere));
  }

  private static String description(Call call) {
    String description = call.parameters().text("description").orElse("");
    Actions.checkDescription(description);
    return description;
  }

  private HttpAnswer shown(Call call, Uploads.Upload upload) {
    return Json.ok(shapes.upload(upload, call.origins()));
  }

  private static HttpProblem notHere() {
    return new HttpProblem(404, Call.NO_UPLOAD);
  }
}
