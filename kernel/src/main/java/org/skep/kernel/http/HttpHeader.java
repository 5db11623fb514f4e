package org.skep.kernel.http;

import java.util.regex.Pattern;

/**
 * A header field of an answer.
 *
 * @param name a token (RFC 9110 §5.6.2)
 * @param value visible characters of US-ASCII and single spaces between them, so that no foreign
 *     text can begin another field
 */
public record HttpHeader(String name, String value) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

  public HttpHeader {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a header field: " + name);
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a value for the header field " + name);
    }
  }
}
