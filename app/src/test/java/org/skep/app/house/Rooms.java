package org.skep.app.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which room may enter which (the table of ARCHITECTURE.md). */
final class Rooms {
  private static final String ROOT = "org.skep.";
  private static final String NETWORKS = "networks";

  /** Rooms put together from all others. */
  private static final Set<String> WHOLE_HOUSE =
      Set.of("app", "testkit", "interop", "bench", "fuzz");

  private static final Map<String, List<String>> MAY_ENTER =
      Map.of(
          "kernel",
          List.of(),
          "doors",
          List.of("kernel"),
          "wire",
          List.of("kernel"),
          "store",
          List.of("kernel"),
          "http",
          List.of("kernel"),
          "engine",
          List.of("kernel", "wire"),
          NETWORKS,
          List.of("kernel", "wire"),
          "api",
          List.of("kernel", "engine"),
          "web",
          List.of());

  /** Every class uses only rooms that its own may enter; networks never see each other. */
  static final ArchRule TABLE =
      ArchRuleDefinition.classes().that().resideInAPackage("org.skep..").should(keepToTheirRooms());

  /** Every room whose classes run in a node. */
  static final Set<String> RUNNING =
      Stream.concat(MAY_ENTER.keySet().stream(), Stream.of("app")).collect(Collectors.toSet());

  private Rooms() {}

  private static ArchCondition<JavaClass> keepToTheirRooms() {
    return new ArchCondition<>("keep to the rooms they may enter") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (target.startsWith(ROOT) && !mayEnter(origin.getPackageName(), target)) {
            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
          }
        }
        if (!isRoom(room(origin.getPackageName()))) {
          events.add(
              SimpleConditionEvent.violated(origin, origin.getName() + " is in no known room"));
        }
      }
    };
  }

  private static boolean isRoom(String room) {
    return WHOLE_HOUSE.contains(room) || MAY_ENTER.containsKey(room);
  }

  private static boolean mayEnter(String originPackage, String targetPackage) {
    String origin = room(originPackage);
    String target = room(targetPackage);
    if (WHOLE_HOUSE.contains(origin)) {
      return true;
    }
    if (origin.equals(target)) {
      return !origin.equals(NETWORKS) || network(originPackage).equals(network(targetPackage));
    }
    return MAY_ENTER.getOrDefault(origin, List.of()).contains(target);
  }

  private static String room(String packageName) {
    return segment(packageName, ROOT.length());
  }

  private static String network(String packageName) {
    return segment(packageName, ROOT.length() + NETWORKS.length() + 1);
  }

  private static String segment(String packageName, int start) {
    if (start >= packageName.length()) {
      return "";
    }
    int end = packageName.indexOf('.', start);
    return packageName.substring(start, end < 0 ? packageName.length() : end);
  }
}
