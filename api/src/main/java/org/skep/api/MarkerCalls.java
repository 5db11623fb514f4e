package org.skep.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.engine.Actions;
import org.skep.engine.Reader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.http.HttpAnswer;

/** How far the caller has read; her own affair, kept in her own log. */
final class MarkerCalls {
  private static final String HOME = "home";

  private final Reader reader;
  private final Actions actions;

  MarkerCalls(Reader reader, Actions actions) {
    this.reader = reader;
    this.actions = actions;
  }

  void register(Endpoints endpoints) {
    endpoints.get(
        "/api/v1/markers",
        call -> Json.ok(markers(call.account(), call.parameters().all("timeline"))));
    endpoints.post("/api/v1/markers", this::read);
  }

  private HttpAnswer read(Call call) {
    Optional<PostId> upTo = call.parameters().number("home[last_read_id]").map(PostId::new);
    // What was read stays read; said again it would only fill the log.
    long before = reader.readMark(call.account(), HOME).map(mark -> mark.post().value()).orElse(0L);
    upTo.filter(post -> post.value() > before)
        .ifPresent(post -> actions.act(call.account(), new Intent.ReadUpTo(HOME, post)));
    return Json.ok(markers(call.account(), upTo.isPresent() ? List.of(HOME) : List.of()));
  }

  private Map<String, Shapes.Marker> markers(AccountId account, List<String> timelines) {
    Map<String, Shapes.Marker> markers = new TreeMap<>();
    if (timelines.contains(HOME)) {
      reader
          .readMark(account, HOME)
          .ifPresent(mark ->
              markers.put(
                  HOME,
                  new Shapes.Marker(
                      mark.post().toString(),
                      mark.version(),
                      ShapeMaker.time(mark.changedMillis()))));
    }
    return markers;
  }
}
