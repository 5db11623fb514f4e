package org.skep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.engine.Actions;
import org.skep.engine.Engine;
import org.skep.engine.PersonView;
import org.skep.engine.Pictures;
import org.skep.engine.Reader;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.ProfileField;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpPart;
import org.skep.kernel.http.HttpProblem;

/**
 * The calls about the caller herself. What she has said already is not said again: it would be one
 * more entry in a public log for nothing.
 */
final class ProfileCalls {
  private static final String PICTURE = "avatar";

  private final Reader reader;
  private final Actions actions;
  private final Pictures pictures;
  private final ShapeMaker.Sources sources;

  ProfileCalls(Engine engine, ShapeMaker.Sources sources) {
    this.reader = engine.reader();
    this.actions = engine.actions();
    this.pictures = engine.pictures();
    this.sources = sources;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/accounts/verify_credentials", this::self);
    endpoints.upload(
        HttpMethod.PATCH,
        "/api/v1/accounts/update_credentials",
        Pictures.UPLOAD_BYTES_MAX,
        this::describe);
    endpoints.delete("/api/v1/profile/avatar", this::removePicture);
  }

  private HttpAnswer self(Call call) {
    ShapeMaker shapes = new ShapeMaker(sources, call.account(), call.origins());
    return Json.ok(shapes.ownAccount(reader.self(call.account())));
  }

  /** All is changed or nothing. */
  private HttpAnswer describe(Call call) {
    // Said again, an unchanged line would be one more entry in the public log for nothing.
    PersonView before = reader.self(call.account());
    List<Intent> changes = new ArrayList<>();
    call.parameters()
        .raw("display_name")
        .map(String::strip)
        .filter(name -> !name.equals(before.name()))
        .ifPresent(name -> changes.add(new Intent.Describe(ProfileField.NAME, name)));
    call.parameters()
        .raw("note")
        .filter(note -> !note.equals(before.description()))
        .ifPresent(note -> changes.add(new Intent.Describe(ProfileField.DESCRIPTION, note)));
    Optional<Bytes> upload = picture(call);
    if (upload.isEmpty()) {
      actions.actAll(call.account(), changes);
      return self(call);
    }
    try (Blobs.Lease lease = pictures.take(upload.get())) {
      Hash chosen = lease.blob().hash();
      if (!before.picture().equals(Optional.of(chosen))) {
        changes.add(new Intent.Describe(ProfileField.PICTURE, chosen.toString()));
      }
      actions.actAll(call.account(), changes);
    }
    return self(call);
  }

  private static Optional<Bytes> picture(Call call) {
    if (call.parameters().text(PICTURE).isPresent()) {
      throw new HttpProblem(422, "Please send the picture as a file of a form.");
    }
    return call.request().parts().stream()
        .filter(part -> part.file() && part.name().equals(PICTURE))
        .map(HttpPart::content)
        // A form whose file field was left empty sends a file of no bytes.
        .filter(content -> content.length() > 0)
        .findFirst();
  }

  private HttpAnswer removePicture(Call call) {
    if (reader.self(call.account()).picture().isPresent()) {
      actions.act(call.account(), new Intent.Describe(ProfileField.PICTURE, ""));
    }
    return self(call);
  }
}
