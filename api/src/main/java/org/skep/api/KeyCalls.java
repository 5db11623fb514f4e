package org.skep.api;

import java.util.Map;
import java.util.Set;
import org.skep.engine.Tokens;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** The calls that give programs a way in, and take any way back: tokens, sessions, links. */
final class KeyCalls {
  private static final int TOKEN_NAME_CHARS_MAX = 60;

  private final Tokens tokens;
  private final NodeControl node;
  private final Streaming streaming;

  KeyCalls(Tokens tokens, NodeControl node, Streaming streaming) {
    this.tokens = tokens;
    this.node = node;
    this.streaming = streaming;
  }

  void register(Endpoints endpoints) {
    endpoints.post("/api/skep/v1/tokens", this::createToken);
    endpoints.delete("/api/skep/v1/tokens", this::withdrawTokens);
    endpoints.post("/api/skep/v1/sign_out", this::signOut);
  }

  private HttpAnswer createToken(Call call) {
    String name = call.parameters().required("name");
    if (name.length() > TOKEN_NAME_CHARS_MAX) {
      throw new HttpProblem(
          422, "A token's name has at most " + TOKEN_NAME_CHARS_MAX + " characters.");
    }
    return Json.ok(Map.of("token", tokens.create(call.account(), Tokens.Kind.ACCESS, name)));
  }

  private HttpAnswer withdrawTokens(Call call) {
    tokens.withdrawAll(call.account(), Set.of(Tokens.Kind.ACCESS));
    streaming.hangUp(listener ->
        listener.account().equals(call.account()) && listener.how() == Caller.How.TOKEN);
    node.renewTokens();
    return Json.ok(Map.of());
  }

  private HttpAnswer signOut(Call call) {
    Caller caller = call.request().signedIn();
    if (call.parameters().flag("everywhere")) {
      tokens.withdrawAll(caller.account(), Set.of(Tokens.Kind.SESSION, Tokens.Kind.LINK));
      streaming.hangUp(listener ->
          listener.account().equals(caller.account()) && listener.how() == Caller.How.SESSION);
    } else if (caller.how() == Caller.How.SESSION) {
      tokens.withdraw(caller.proof());
      streaming.hangUp(caller::equals);
    } else {
      throw new HttpProblem(
          422, "A token has no session of its own; say “everywhere” to end all of them.");
    }
    return Json.ok(Map.of());
  }
}
