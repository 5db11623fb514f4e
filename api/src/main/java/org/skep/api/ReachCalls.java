package org.skep.api;

import org.skep.engine.Actions;
import org.skep.engine.Reader;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** How far the caller's computer reaches for others' posts. */
final class ReachCalls {
  private static final String PATH = "/api/skep/v1/reach";

  private final Reader reader;
  private final Actions actions;

  ReachCalls(Reader reader, Actions actions) {
    this.reader = reader;
    this.actions = actions;
  }

  void register(Endpoints endpoints) {
    endpoints.get(PATH, this::reach);
    endpoints.put(PATH, this::choose);
  }

  private HttpAnswer reach(Call call) {
    return Json.ok(new Shapes.Reach(reader.hops(call.account())));
  }

  private HttpAnswer choose(Call call) {
    long hops =
        call.parameters()
            .number("hops")
            .orElseThrow(() -> new HttpProblem(422, "Say how many “hops” you want to reach."));
    actions.reach(call.account(), Math.clamp(hops, -1, 100));
    return reach(call);
  }
}
