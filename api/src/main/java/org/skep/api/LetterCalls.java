package org.skep.api;

import java.util.List;
import org.skep.engine.Actions;
import org.skep.engine.Engine;
import org.skep.engine.LettersReader;
import org.skep.kernel.Intent;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** The calls about letters, by conversation. Writing one is {@link StatusCalls}' affair. */
final class LetterCalls {
  private final LettersReader letters;
  private final Actions actions;
  private final ShapeMaker.Sources sources;

  LetterCalls(Engine engine, ShapeMaker.Sources sources) {
    this.letters = engine.letters();
    this.actions = engine.actions();
    this.sources = sources;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/conversations", this::list);
    endpoints.post("/api/v1/conversations/{id}/read", this::read);
  }

  private ShapeMaker shapes(Call call) {
    return new ShapeMaker(sources, call.account(), call.origins());
  }

  private HttpAnswer list(Call call) {
    List<LettersReader.Conversation> found = letters.conversations(call.account(), call.page());
    ShapeMaker shapes = shapes(call);
    return call.listedBy(
        found.stream().map(shapes::conversation).toList(),
        found.stream().map(conversation -> conversation.last().id().toString()).toList());
  }

  private HttpAnswer read(Call call) {
    LettersReader.Conversation before = conversation(call);
    if (before.unread()) {
      actions.act(
          call.account(), new Intent.ReadUpTo(letters.markOf(before.first()), before.last().id()));
    }
    return Json.ok(shapes(call).conversation(conversation(call)));
  }

  private LettersReader.Conversation conversation(Call call) {
    return letters
        .conversation(call.account(), call.post())
        .orElseThrow(() -> new HttpProblem(404, "There is no such letter."));
  }
}
