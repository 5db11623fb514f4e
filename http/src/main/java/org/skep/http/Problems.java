package org.skep.http;

import java.util.HexFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.skep.kernel.http.HttpResponse;

/**
 * Says what went wrong in the form the client reads: a small page for a browser's address bar, and
 * otherwise {@code {"error": "…"}}, as Mastodon's clients expect.
 */
final class Problems {
  private Problems() {}

  static HttpResponse answer(int status, String sentence, HttpFields requestHeaders) {
    String accept = requestHeaders.get(HttpHeader.ACCEPT);
    if (accept != null && accept.contains("text/html")) {
      return HttpResponse.html(status, page(sentence));
    }
    return HttpResponse.json(status, "{\"error\":\"" + escapedForJson(sentence) + "\"}");
  }

  private static String page(String sentence) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Skep</title></head>
    <body><main><h1>Skep</h1><p>%s</p></main></body>
    </html>
    """
        .formatted(escapedForHtml(sentence));
  }

  private static String escapedForHtml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String escapedForJson(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }
}
