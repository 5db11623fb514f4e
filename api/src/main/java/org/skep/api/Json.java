package org.skep.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The one way JSON is read and written here: bounded in, snake_case out. Any thread. */
final class Json {
  private static final int DEPTH_MAX = 8;
  private static final int STRING_CHARS_MAX = 64 * 1024;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(STRING_CHARS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private Json() {}

  /**
   * @throws HttpProblem 400 when it is not one JSON value within the limits
   */
  static JsonNode read(Bytes body) {
    try {
      return MAPPER.readTree(body.toArray());
    } catch (JacksonException e) {
      throw new HttpProblem(400, "This is not JSON that Skep can read.");
    }
  }

  /** Records become objects with their component names in snake_case. */
  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Bytes sha256(Bytes bytes) {
    return Bytes.wrap(sha256().digest(bytes.toArray()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static HttpResponse ok(Object value) {
    return HttpResponse.json(200, write(value));
  }
}
