package org.skep.testkit.world;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAssignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.app.Doors;
import org.skep.kernel.Aliases;
import org.skep.kernel.Clock;
import org.skep.kernel.Connection;
import org.skep.kernel.Randomness;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Transport;

/** In a world runs what runs on a machine: nothing of a node is made up but its doors. */
class OnlyDoorsTest {
  private static final Set<String> DOORS =
      Set.of(
          Clock.class.getName(),
          Randomness.class.getName(),
          Tasks.Task.class.getName(),
          Transport.class.getName(),
          Transport.Listening.class.getName(),
          Connection.class.getName(),
          Store.class.getName(),
          Snapshots.class.getName(),
          Doors.class.getName());

  private static final DescribedPredicate<JavaClass> SOMETHING_ELSE =
      describe(
          "a contract that is no door",
          type ->
              type.isInterface()
                  && type.getPackageName().startsWith("org.skep.")
                  && !type.getPackageName().startsWith("org.skep.testkit")
                  && !DOORS.contains(type.getName()));

  /** The liar is no node of ours. */
  private static ArchRule rule(String where) {
    return noClasses()
        .that()
        .resideInAPackage(where)
        .and()
        .haveNameNotMatching(".*\\.Liar(\\$.*)?")
        .should(beAssignableTo(SOMETHING_ELSE));
  }

  private static JavaClasses world(ImportOption... options) {
    return new ClassFileImporter()
        .withImportOptions(Set.of(options))
        .importPackages("org.skep.testkit.world");
  }

  @Test
  void nothingButDoorsIsMadeUp() {
    rule("org.skep.testkit..").check(world(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS));
  }

  @Test
  void theRuleCatchesWhoeverMakesUpMore() {
    assertThrows(
        AssertionError.class,
        () ->
            rule("org.skep.testkit..").check(new ClassFileImporter().importClasses(MadeUp.class)));
  }

  /** Breaks the rule. */
  private abstract static class MadeUp implements Aliases {}
}
