package org.skep.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpValues;

/** Bodies of the client API, as JSON and as a form; the first byte says which. */
public final class ParametersTarget implements Target {
  private static final List<String> TYPES =
      List.of("application/json", "application/x-www-form-urlencoded; charset=utf-8", "text/html");

  @Override
  public String name() {
    return "parameters";
  }

  @Override
  public List<Bytes> seeds() {
    return Stream.of(
            "\u0000{\"status\":\"hello\",\"media_ids\":[1,2],\"home\":{\"last_read_id\":\"7\"},\"a\":null}",
            "\u0000[[[[[[[[[[1]]]]]]]]]]",
            "\u0000{\"a\":1e999,\"a\":2}",
            "\u0001status=hello+%F0%9F%90%9D&media_ids[]=1&media_ids[]=2&&x",
            "\u0001a=%zz&b=%",
            "\u0002<html>")
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public void read(Bytes input) {
    if (input.length() == 0) {
      return;
    }
    String type = TYPES.get((input.get(0) & 0xff) % TYPES.size());
    try {
      Parameters parameters = Parameters.of(request(type, input.slice(1, input.length())));
      Must.equal(
          parameters.everything(),
          Parameters.of(request(type, input.slice(1, input.length()))).everything(),
          "the same is read each time");
      parameters.text("status");
      parameters.flag("a");
      parameters.anyBelow("home");
      parameters.numbers("media_ids");
    } catch (HttpProblem refused) {
      Must.hold(refused.status() < 500 && refused.sentence().endsWith("."), "refused in words");
    }
  }

  private static HttpRequest request(String type, Bytes body) {
    return new HttpRequest(
        HttpMethod.POST,
        "localhost",
        "http://localhost",
        "/",
        Map.of(),
        HttpValues.NONE,
        new HttpValues(Map.of("content-type", List.of(type))),
        body,
        List.of(),
        Optional.empty());
  }
}
