package org.skep.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.Site;

/** The routes of all rooms, and which of them a path leads to. Any thread. */
public final class RouteTable implements HttpRoutes {
  private static final Comparator<Entry> MOST_SPECIFIC_FIRST = Comparator.comparing(Entry::shape);

  private final ReentrantLock adding = new ReentrantLock();
  private volatile List<Entry> entries = List.of();

  /** An empty table. */
  public RouteTable() {}

  @Override
  public void add(HttpRoute route) {
    Entry entry = new Entry(route, route.segments(), shape(route.segments()));
    adding.lock();
    try {
      for (Entry other : entries) {
        if (other.route.site() == route.site()
            && other.route.method() == route.method()
            && other.shape.equals(entry.shape)) {
          throw new IllegalArgumentException(
              route.method() + " " + route.path() + " is taken by " + other.route.path());
        }
      }
      List<Entry> more = new ArrayList<>(entries);
      more.add(entry);
      more.sort(MOST_SPECIFIC_FIRST);
      entries = List.copyOf(more);
    } finally {
      adding.unlock();
    }
  }

  /** Where a path leads. */
  Match match(Site site, HttpMethod method, String path) {
    Optional<List<String>> segments = segments(path);
    if (segments.isEmpty()) {
      return new Match.Nowhere();
    }
    Set<HttpMethod> others = EnumSet.noneOf(HttpMethod.class);
    for (Entry entry : entries) {
      if (entry.route.site() != site) {
        continue;
      }
      Optional<Map<String, String>> values = entry.values(segments.get());
      if (values.isPresent() && entry.route.method() == method) {
        return new Match.Found(entry.route, values.get());
      }
      values.ifPresent(_ -> others.add(entry.route.method()));
    }
    return others.isEmpty() ? new Match.Nowhere() : new Match.OtherMethods(others);
  }

  /** The methods a path answers. */
  Set<HttpMethod> methods(Site site, String path) {
    Set<HttpMethod> methods = EnumSet.noneOf(HttpMethod.class);
    for (HttpMethod method : HttpMethod.values()) {
      if (match(site, method, path) instanceof Match.Found) {
        methods.add(method);
      }
    }
    return methods;
  }

  /** The segments of a decoded path; nothing when one is empty or a dot segment. */
  private static Optional<List<String>> segments(String path) {
    if (path.equals("/")) {
      return Optional.of(List.of());
    }
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    boolean odd = segments.stream().anyMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    return odd ? Optional.empty() : Optional.of(segments);
  }

  /** Sorts literals before names and names before a rest, segment by segment. */
  private static String shape(List<String> segments) {
    StringBuilder shape = new StringBuilder();
    for (String segment : segments) {
      shape.append('/');
      if (segment.endsWith("*}")) {
        shape.append("3");
      } else if (segment.startsWith("{")) {
        shape.append("2");
      } else {
        shape.append("1").append(segment);
      }
    }
    return shape.toString();
  }

  /** What a path led to. */
  sealed interface Match {
    /** A route, and what its names matched. */
    record Found(HttpRoute route, Map<String, String> values) implements Match {}

    /** The path is known, but only for other methods. */
    record OtherMethods(Set<HttpMethod> methods) implements Match {}

    /** No route has that path. */
    record Nowhere() implements Match {}
  }

  private record Entry(HttpRoute route, List<String> pattern, String shape) {
    Optional<Map<String, String>> values(List<String> segments) {
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < pattern.size(); i++) {
        String part = pattern.get(i);
        if (i >= segments.size()) {
          return Optional.empty();
        }
        if (part.endsWith("*}")) {
          values.put(
              part.substring(1, part.length() - 2),
              String.join("/", segments.subList(i, segments.size())));
          return Optional.of(values);
        }
        if (part.startsWith("{")) {
          values.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      return segments.size() == pattern.size() ? Optional.of(values) : Optional.empty();
    }
  }
}
