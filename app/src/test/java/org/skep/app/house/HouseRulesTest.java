package org.skep.app.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skep.engine.trespass.KnowsANetwork;
import org.skep.networks.trespass.Trespasses;

/** The house keeps its own rules, and each rule catches whoever breaks it. */
class HouseRulesTest {
  private static JavaClasses house;

  @BeforeAll
  static void importTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.skep");
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        rule(Rooms.TABLE, Trespasses.SeesASibling.class),
        rule(Rooms.TABLE, KnowsANetwork.class),
        rule(Doors.CLOCK, Trespasses.ReadsTheClock.class),
        rule(Doors.RANDOMNESS, Trespasses.ThrowsDice.class),
        rule(Doors.THREADS, Trespasses.StartsAThread.class),
        rule(Doors.SOCKETS, Trespasses.OpensASocket.class),
        rule(Doors.FILES, Trespasses.ReadsAFile.class),
        rule(Doors.JETTY, Trespasses.SpeaksJetty.class),
        rule(Doors.JDBC, Trespasses.SpeaksJdbc.class));
  }

  private static Arguments rule(ArchRule rule, Class<?> trespasser) {
    return Arguments.of(rule, trespasser);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseKeepsTheRuleAndATrespasserIsCaught(ArchRule rule, Class<?> trespasser) {
    rule.check(house);
    assertTrue(
        rule.evaluate(new ClassFileImporter().importClasses(trespasser)).hasViolation(),
        () -> trespasser + " was not caught: " + rule.getDescription());
  }

  @Test
  void aClassThatBreaksNothingIsNotCaught() {
    JavaClasses innocent = new ClassFileImporter().importClasses(Trespasses.class);
    assertFalse(rules().anyMatch(it -> ((ArchRule) it.get()[0]).evaluate(innocent).hasViolation()));
  }

  @Test
  void everyRoomWasLookedAt() {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass type : house) {
      rooms.add(type.getPackageName().split("\\.", -1)[2]);
    }
    assertEquals(Rooms.RUNNING, Set.copyOf(rooms));
    assertEquals(Set.of(), trespassersIn(house));
  }

  private static Set<String> trespassersIn(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      if (type.getPackageName().contains("trespass")) {
        found.add(type.getName());
      }
    }
    return found;
  }
}
