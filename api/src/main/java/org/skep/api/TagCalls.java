package org.skep.api;

import org.skep.engine.TagReader;
import org.skep.kernel.http.HttpAnswer;

/** The call for what is said about something. */
final class TagCalls {
  private final TagReader tags;
  private final ShapeMaker.Sources sources;

  TagCalls(TagReader tags, ShapeMaker.Sources sources) {
    this.tags = tags;
    this.sources = sources;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/v1/timelines/tag/{hashtag}", this::posts);
  }

  private HttpAnswer posts(Call call) {
    ShapeMaker shapes = new ShapeMaker(sources, call.account(), call.origins());
    String tag = call.request().pathValue("hashtag");
    return call.listed(
        shapes.statuses(tags.posts(call.account(), tag, call.page())), Shapes.Status::id);
  }
}
