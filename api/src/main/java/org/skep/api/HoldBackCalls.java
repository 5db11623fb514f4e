package org.skep.api;

import org.skep.engine.Actions;
import org.skep.engine.Reader;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** How long what one writes waits before others get it, asked for and chosen. */
final class HoldBackCalls {
  private static final String PATH = "/api/skep/v1/hold_back";

  private final Reader reader;
  private final Actions actions;

  HoldBackCalls(Reader reader, Actions actions) {
    this.reader = reader;
    this.actions = actions;
  }

  void register(Endpoints endpoints) {
    endpoints.get(PATH, this::holdBack);
    endpoints.put(PATH, this::choose);
  }

  private HttpAnswer holdBack(Call call) {
    return Json.ok(new Shapes.HoldBack(reader.holdBackSeconds(call.account())));
  }

  private HttpAnswer choose(Call call) {
    long seconds =
        call.parameters()
            .number("seconds")
            .orElseThrow(() -> new HttpProblem(422, "Say how many “seconds” it shall wait."));
    actions.holdBack(call.account(), Math.clamp(seconds, -1, Integer.MAX_VALUE));
    return holdBack(call);
  }
}
