package org.skep.app.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.regex.Pattern;

/** Time, randomness, threads, sockets and files are handed in; two libraries stay in one room. */
final class Doors {
  private static final String DOORS = "org.skep.doors..";
  private static final String APP = "org.skep.app..";
  private static final String HTTP = "org.skep.http..";
  private static final String STORE = "org.skep.store..";

  static final ArchRule CLOCK =
      onlyIn(
          "time comes from the door `Clock`",
          calls(
              "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*|java\\.time\\..*\\.now\\(.*"
                  + "|java\\.time\\.Clock\\.(system|tick).*|java\\.util\\.Date\\.<init>\\(\\)"),
          DOORS);

  static final ArchRule RANDOMNESS =
      onlyIn(
          "randomness comes from the door `Randomness`",
          calls(
              "java\\.(util\\.(Random|SplittableRandom)|security\\.SecureRandom)\\.<init>.*"
                  + "|java\\.security\\.SecureRandom\\.getInstance.*|java\\.lang\\.Math\\.random.*"
                  + "|java\\.util\\.UUID\\.randomUUID.*|java\\.util\\.concurrent\\.ThreadLocalRandom.*"
                  + "|java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)"),
          DOORS);

  static final ArchRule THREADS =
      onlyIn(
          "threads come from the door `Tasks`",
          calls(
              "java\\.lang\\.Thread\\.(<init>|of|start|sleep).*|java\\.util\\.Timer\\.<init>.*"
                  + "|java\\.util\\.concurrent\\.(Executors|ForkJoinPool)\\..*"
                  + "|java\\.util\\.concurrent\\.(ThreadPool|ScheduledThreadPool)Executor\\..*"
                  + "|java\\.util\\.concurrent\\.CompletableFuture\\..*Async.*"
                  + "|java\\.util\\.Collection\\.parallelStream.*"),
          DOORS,
          APP);

  /** {@code http} owns the sockets of Jetty. */
  static final ArchRule SOCKETS =
      onlyIn(
          "bytes come from the doors `Transport` and `HttpRoutes`",
          calls(
              "java\\.net\\.(Server|Datagram|Multicast)?Socket\\.<init>.*"
                  + "|java\\.net\\.InetAddress\\.(getByName|getAllByName|getLocalHost).*"
                  + "|java\\.net\\.(URL\\.open|NetworkInterface\\.).*"
                  + "|java\\.nio\\.channels\\.[A-Za-z]*Socket[A-Za-z]*\\.open.*"
                  + "|java\\.net\\.http\\.HttpClient\\.(new).*"),
          DOORS,
          HTTP,
          APP);

  static final ArchRule FILES =
      onlyIn(
          "files belong to `store` and `app`",
          calls(
              "java\\.nio\\.file\\.Files\\..*|java\\.io\\.(File|FileInputStream|FileOutputStream"
                  + "|RandomAccessFile|FileReader|FileWriter)\\.<init>.*"
                  + "|java\\.nio\\.channels\\.FileChannel\\.open.*"),
          STORE,
          APP,
          // Native libraries are loaded from files alone.
          "org.skep.wire.unpacked..");

  static final ArchRule JETTY =
      ArchRuleDefinition.noClasses()
          .that(areOutside(HTTP))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..")
          .as("Jetty stays inside `http`");

  static final ArchRule JDBC =
      ArchRuleDefinition.noClasses()
          .that(areOutside(STORE))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..").as("JDBC"))
          .as("JDBC stays inside `store`");

  private Doors() {}

  private static DescribedPredicate<JavaAccess<?>> calls(String fullNames) {
    Pattern pattern = Pattern.compile(fullNames);
    return DescribedPredicate.describe(
        "the target is what a door gives",
        access -> pattern.matcher(access.getTarget().getFullName()).matches());
  }

  private static ArchRule onlyIn(
      String reason, DescribedPredicate<JavaAccess<?>> calls, String... rooms) {
    return ArchRuleDefinition.noClasses()
        .that(areOutside(rooms))
        .should()
        .accessTargetWhere(calls)
        .as(reason);
  }

  /** Not in these rooms, nor in those that only test and measure. */
  private static DescribedPredicate<JavaClass> areOutside(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages))
        .and(
            DescribedPredicate.not(
                resideInAnyPackage(
                    "org.skep.testkit..",
                    "org.skep.interop..",
                    "org.skep.bench..",
                    "org.skep.fuzz..")));
  }
}
