package org.skep.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.kernel.http.Site;

/** The security headers every answer of a site carries. */
final class SiteHeaders {
  private static final String PERMISSIONS =
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(),"
          + " midi=(), display-capture=(), publickey-credentials-get=()";

  private SiteHeaders() {}

  /**
   * @param contentOrigin the origin of {@link Site#CONTENT} as this client sees it
   * @param scriptHashes inline scripts the page may run
   */
  static Map<String, String> of(Site site, String contentOrigin, List<String> scriptHashes) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Permissions-Policy", PERMISSIONS);
    headers.put(
        "Cross-Origin-Resource-Policy",
        switch (site) {
          case APP -> "same-origin";
          case PUBLIC -> "cross-origin";
          // The page shows pictures of the content site: another port, so another origin. A bare
          // address is of no site, and browsers would then let nobody show them.
          case CONTENT -> isAddress(contentOrigin) ? "cross-origin" : "same-site";
        });
    headers.put(
        "Content-Security-Policy",
        switch (site) {
          case APP -> app(contentOrigin, scriptHashes);
          case PUBLIC ->
              "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'none';"
                  + " frame-ancestors 'none'; base-uri 'none'";
          case CONTENT ->
              "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self';"
                  + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
        });
    return headers;
  }

  private static boolean isAddress(String origin) {
    return origin.matches("https?://(\\[.*|[0-9.]+(:[0-9]+)?)");
  }

  private static String app(String contentOrigin, List<String> scriptHashes) {
    String scripts = String.join(" ", scriptHashes);
    // Only Lit and the page's own sanitiser may hand text to a parser or to a script.
    return "default-src 'none'; script-src 'self'"
        + (scripts.isEmpty() ? "" : " " + scripts)
        + "; style-src 'self'; img-src 'self' "
        + contentOrigin
        + "; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none';"
        + " base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html skep-inert";
  }
}
