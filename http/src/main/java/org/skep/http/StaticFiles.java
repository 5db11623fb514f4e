package org.skep.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpHandler;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;

/**
 * Serves the files of one folder on the class path. Only names of plain segments with a known
 * ending are looked up, so that no path leads out of the folder and none names a folder. Files are
 * kept in memory once read: the class path does not change while we run. Any thread.
 */
public final class StaticFiles {
  private static final int FILE_BYTES_MAX = 4 * 1024 * 1024;
  private static final int NAME_CHARS_MAX = 256;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*+");
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final ClassLoader loader;
  private final String folder;
  private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

  private StaticFiles(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  /**
   * @param folder such as {@code org/skep/web}, without slashes at either end
   */
  public static StaticFiles ofClassPath(String folder) {
    if (!isPlain(folder)) {
      throw new IllegalArgumentException("not a folder on the class path: " + folder);
    }
    return new StaticFiles(StaticFiles.class.getClassLoader(), folder);
  }

  /**
   * Serves whatever file of the folder a path names.
   *
   * @param pathName the name in the route's pattern that holds the file's path, such as {@code
   *     file} in <code>/assets/{file*}</code>
   */
  public HttpHandler files(String pathName) {
    return request -> answer(request, request.pathValue(pathName));
  }

  /** Serves one file, whatever the path. */
  public HttpHandler file(String name) {
    return request -> answer(request, name);
  }

  /**
   * What a content security policy must allow for the inline scripts of a page of this folder: an
   * import map has to be inline (WHATWG HTML §8.1.6.2 knows no other).
   *
   * @return sources such as {@code 'sha256-…'} (CSP 3 §2.3.1)
   * @throws IllegalArgumentException when there is no such page
   */
  public List<String> inlineScriptHashes(String page) {
    StaticFile file = find(page).orElseThrow(() -> new IllegalArgumentException("no page " + page));
    String html = file.body().utf8();
    List<String> hashes = new ArrayList<>();
    Matcher matcher = INLINE_SCRIPT.matcher(html);
    while (matcher.find()) {
      byte[] hash = sha256(matcher.group(1).getBytes(StandardCharsets.UTF_8));
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    return hashes;
  }

  private HttpResponse answer(HttpRequest request, String name) {
    StaticFile file = find(name).orElseThrow(() -> new HttpProblem(404, "There is nothing here."));
    HttpResponse answer =
        request.headers().first("if-none-match").filter(file::isNamedBy).isPresent()
            ? HttpResponse.empty(304)
            : HttpResponse.of(200, file.contentType(), file.body());
    return answer.with("ETag", file.etag()).with("Cache-Control", "no-cache");
  }

  private Optional<StaticFile> find(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String contentType = TYPES.get(ending);
    if (contentType == null || !name.contains(".") || !isPlain(name)) {
      return Optional.empty();
    }
    StaticFile known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream in = loader.getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] body = in.readNBytes(FILE_BYTES_MAX + 1);
      if (body.length > FILE_BYTES_MAX) {
        throw new IllegalStateException(name + " is longer than a static file may be");
      }
      String etag =
          '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(body)) + '"';
      StaticFile file = new StaticFile(contentType, etag, Bytes.wrap(body));
      read.put(name, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Segment by segment: one expression for a whole path recurses once for each of them. */
  private static boolean isPlain(String name) {
    return name.length() <= NAME_CHARS_MAX
        && List.of(name.split("/", -1)).stream().allMatch(SEGMENT.asMatchPredicate());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record StaticFile(String contentType, String etag, Bytes body) {
    boolean isNamedBy(String ifNoneMatch) {
      return ifNoneMatch.equals("*")
          || List.of(ifNoneMatch.split("\\s*,\\s*")).stream()
              .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
    }
  }
}
