package org.skep.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skep.engine.Actions;
import org.skep.engine.PictureFormat;
import org.skep.engine.Pictures;
import org.skep.kernel.Attachment;
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

  /** Without the place of a WebSocket for news: there is none, only server-sent events. */
  private static Map<String, Object> configuration() {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("urls", Map.of());
    configuration.put("accounts", Map.of("max_featured_tags", 0, "max_pinned_statuses", 0));
    configuration.put(
        "statuses",
        Map.of(
            "max_characters",
            STATUS_CHARS_MAX,
            "max_media_attachments",
            Attachment.PER_POST_MAX,
            "characters_reserved_per_url",
            0));
    configuration.put(
        "media_attachments",
        Map.of(
            "supported_mime_types",
            Stream.of(PictureFormat.PNG, PictureFormat.JPEG, PictureFormat.GIF)
                .map(PictureFormat::mediaType)
                .toList(),
            "description_limit",
            Actions.PICTURE_DESCRIPTION_CHARS_MAX,
            "image_size_limit",
            Pictures.UPLOAD_BYTES_MAX,
            "image_matrix_limit",
            Pictures.UPLOAD_PIXELS_MAX,
            "video_size_limit",
            0,
            "video_frame_rate_limit",
            0,
            "video_matrix_limit",
            0));
    configuration.put(
        "polls",
        Map.of(
            "max_options",
            0,
            "max_characters_per_option",
            0,
            "min_expiration",
            0,
            "max_expiration",
            0));
    configuration.put("translation", Map.of("enabled", false));
    return configuration;
  }

  private HttpAnswer second(HttpRequest request) {
    Map<String, @Nullable Object> instance = common();
    instance.put("domain", request.host());
    instance.put("source_url", "");
    instance.put("usage", Map.of("users", Map.of("active_month", node.people().size())));
    instance.put("thumbnail", Map.of("url", picture(request)));
    instance.put("registrations", registrations());
    instance.put("contact", contact());
    return Json.ok(instance);
  }

  private HttpAnswer first(HttpRequest request) {
    Map<String, @Nullable Object> instance = common();
    instance.put("uri", request.host());
    instance.put("short_description", ABOUT);
    instance.put("email", "");
    instance.put("urls", Map.of());
    instance.put(
        "stats", Map.of("user_count", node.people().size(), "status_count", 0, "domain_count", 0));
    instance.put("thumbnail", picture(request));
    instance.put("registrations", false);
    instance.put("approval_required", false);
    instance.put("invites_enabled", false);
    instance.put("contact_account", null);
    return Json.ok(instance);
  }

  /** What both versions say alike. */
  private Map<String, @Nullable Object> common() {
    Map<String, @Nullable Object> instance = new TreeMap<>();
    instance.put("title", "Skep");
    instance.put("version", version());
    instance.put("description", ABOUT);
    instance.put("languages", List.of("en"));
    instance.put("configuration", configuration());
    instance.put("rules", List.of());
    return instance;
  }

  private static String picture(HttpRequest request) {
    return "http://" + request.host() + "/app/icon.svg";
  }

  private static Map<String, @Nullable Object> registrations() {
    Map<String, @Nullable Object> registrations = new TreeMap<>();
    registrations.put("enabled", false);
    registrations.put("approval_required", false);
    registrations.put("message", null);
    return registrations;
  }

  private static Map<String, @Nullable Object> contact() {
    Map<String, @Nullable Object> contact = new TreeMap<>();
    contact.put("email", "");
    contact.put("account", null);
    return contact;
  }
}
