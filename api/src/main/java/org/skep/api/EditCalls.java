package org.skep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skep.engine.Actions;
import org.skep.engine.Composer;
import org.skep.engine.Engine;
import org.skep.engine.PostView;
import org.skep.engine.Reader;
import org.skep.kernel.Attachment;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** The calls by which people change or take back what they wrote, and look at what stood before. */
final class EditCalls {
  private final Reader reader;
  private final Actions actions;
  private final Composer composer;
  private final ShapeMaker.Sources sources;
  private final Uploads uploads;

  EditCalls(Engine engine, ShapeMaker.Sources sources, Uploads uploads) {
    this.reader = engine.reader();
    this.actions = engine.actions();
    this.composer = engine.composer();
    this.sources = sources;
    this.uploads = uploads;
  }

  void register(Endpoints endpoints) {
    endpoints.put("/api/v1/statuses/{id}", this::edit);
    endpoints.delete("/api/v1/statuses/{id}", this::delete);
    endpoints.get("/api/v1/statuses/{id}/history", this::history);
    endpoints.get("/api/v1/statuses/{id}/source", this::source);
  }

  private ShapeMaker shapes(Call call) {
    return new ShapeMaker(sources, call.account(), call.origins());
  }

  private PostView post(Call call) {
    return reader
        .post(call.account(), call.post())
        .orElseThrow(() -> new HttpProblem(404, "This post is not here."));
  }

  private PostView own(Call call) {
    PostView post = post(call);
    if (!post.own() || post.boost().isPresent()) {
      throw new HttpProblem(404, "This is no post of yours.");
    }
    return post;
  }

  private HttpAnswer edit(Call call) {
    PostView before = own(call);
    Optional<String> said = call.parameters().raw("status");
    if (said.isEmpty() && before.wordsGone()) {
      throw new HttpProblem(422, "Its words are not here any more: say what shall stand there.");
    }
    String text = said.orElse(before.text());
    String warning = call.parameters().text("spoiler_text").orElse("");
    if (call.parameters().flag("sensitive") && warning.isEmpty()) {
      throw new HttpProblem(
          422, "What is sensitive needs a few words of warning: say “spoiler_text”.");
    }
    Pictures pictures = pictures(call, before);
    if (before.readers().isPresent() && !pictures.added().isEmpty()) {
      throw new HttpProblem(422, "So far a letter carries words only.");
    }
    try (Uploads.Claim claim = uploads.claim(call.account(), pictures.added())) {
      List<Attachment> all = new ArrayList<>(pictures.kept());
      all.addAll(claim.attachments());
      if (!isSame(before, text, warning, all)) {
        actions.act(call.account(), composer.edit(call.account(), before.id(), text, warning, all));
      }
      claim.posted();
    }
    return Json.ok(shapes(call).status(post(call)));
  }

  /** What says the same again would only fill a public log. */
  private static boolean isSame(
      PostView before, String text, String warning, List<Attachment> pictures) {
    return text.equals(before.text())
        && warning.equals(before.contentWarning())
        && pictures.equals(standing(before));
  }

  private static List<Attachment> standing(PostView post) {
    return post.attachments().stream().map(PostView.Shown::attachment).toList();
  }

  /**
   * @param kept those that stand with the post already
   * @param added ids of those that wait for it
   */
  private record Pictures(List<Attachment> kept, List<Long> added) {}

  /** Who names none leaves them as they are; who names some means these and no others. */
  private Pictures pictures(Call call, PostView before) {
    List<Long> named = call.parameters().numbers("media_ids").stream().distinct().toList();
    if (!call.parameters().isSaid("media_ids")) {
      return new Pictures(standing(before), List.of());
    }
    List<Long> ids =
        sources.attachments().attachments(before.attachments(), call.origins()).stream()
            .map(shape -> Long.parseLong(shape.id()))
            .toList();
    List<Attachment> kept =
        IntStream.range(0, ids.size())
            .filter(place -> named.contains(ids.get(place)))
            .mapToObj(place -> before.attachments().get(place).attachment())
            .toList();
    return new Pictures(kept, named.stream().filter(id -> !ids.contains(id)).toList());
  }

  /** Answers with what was there, its text as it was typed: for who wants to begin anew with it. */
  private HttpAnswer delete(Call call) {
    PostView named = post(call);
    if (isOwnBoost(call, named)) {
      Shapes.Status last = shapes(call).status(named);
      actions.act(call.account(), composer.boost(named.id(), false));
      return Json.ok(last);
    }
    PostView post = own(call);
    Shapes.Status last = shapes(call).deleted(post);
    actions.act(call.account(), composer.delete(call.account(), post.id()));
    return Json.ok(last);
  }

  private boolean isOwnBoost(Call call, PostView post) {
    return post.boost().isPresent()
        && reader
            .ownBoost(call.account(), post.id())
            .filter(own -> own.entry().equals(post.entry()))
            .isPresent();
  }

  private HttpAnswer history(Call call) {
    PostView post = post(call);
    return Json.ok(shapes(call).edits(post, reader.history(call.account(), post.id())));
  }

  private HttpAnswer source(Call call) {
    PostView post = own(call);
    return Json.ok(
        new Shapes.StatusSource(post.id().toString(), post.ownWords(), post.contentWarning()));
  }
}
