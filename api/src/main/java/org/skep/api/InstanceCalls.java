package org.skep.api;

import java.util.List;
import java.util.Map;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpRequest;

/** What clients ask a server before anybody signs in. */
final class InstanceCalls {
  /**
   * A Scuttlebutt message is at most 8,192 characters long with everything around the text; the
   * network itself has the last word, in words.
   */
  private static final int STATUS_CHARS_MAX = 7_000;

  /** Clients switch features by Mastodon's version, so that it stands first. */
  private static final String MASTODON = "4.3.0";

  private static final String ABOUT = "A Skep: somebody's own computer on the social internet.";

  private final NodeControl node;

  InstanceCalls(NodeControl node) {
    this.node = node;
  }

  void register(Endpoints endpoints) {
    endpoints.open("/api/v2/instance", this::second);
    endpoints.open("/api/v1/instance", this::first);
  }

  private String version() {
    return MASTODON + " (compatible; Skep " + node.version() + ")";
  }

  private static Map<String, Object> configuration() {
    return Map.of(
        "statuses",
        Map.of(
            "max_characters",
            STATUS_CHARS_MAX,
            "max_media_attachments",
            0,
            "characters_reserved_per_url",
            0),
        "accounts",
        Map.of("max_featured_tags", 0, "max_pinned_statuses", 0),
        "media_attachments",
        Map.of("supported_mime_types", List.of(), "image_size_limit", 0, "video_size_limit", 0));
  }

  private HttpAnswer second(HttpRequest request) {
    String origin = "http://" + request.host();
    Map<String, Object> configuration = new java.util.TreeMap<>(configuration());
    configuration.put("urls", Map.of("streaming", origin));
    return Json.ok(
        Map.of(
            "domain",
            request.host(),
            "title",
            "Skep",
            "version",
            version(),
            "description",
            ABOUT,
            "languages",
            List.of("en"),
            "configuration",
            configuration,
            "registrations",
            Map.of("enabled", false, "approval_required", false),
            "rules",
            List.of()));
  }

  private HttpAnswer first(HttpRequest request) {
    return Json.ok(
        Map.of(
            "uri",
            request.host(),
            "title",
            "Skep",
            "short_description",
            ABOUT,
            "description",
            ABOUT,
            "version",
            version(),
            "urls",
            Map.of("streaming_api", "http://" + request.host()),
            "languages",
            List.of("en"),
            "registrations",
            false,
            "configuration",
            configuration()));
  }
}
