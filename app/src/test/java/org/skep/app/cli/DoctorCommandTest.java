package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.kernel.Examination.Finding;
import org.skep.store.DataFolder;

/** A whole node looked over, running and stopped. */
class DoctorCommandTest {
  @TempDir Path above;
  private Path data;

  private Node start() throws Exception {
    return Node.start(Config.read(data, Map.of(), Map.of()));
  }

  private int doctor() {
    return SkepCommand.run(new String[] {"doctor", "--data", data.toString()});
  }

  private List<String> wrong() {
    return DoctorCommand.examine(data).stream()
        .filter(Finding.Wrong.class::isInstance)
        .map(Finding::words)
        .toList();
  }

  private List<String> remarks() {
    return DoctorCommand.examine(data).stream()
        .filter(Finding.Remark.class::isInstance)
        .map(Finding::words)
        .toList();
  }

  @BeforeEach
  void aNodeThatRanOnce() throws Exception {
    data = above.resolve("data");
    DataFolder.open(data, "a test").close();
    settings("http.port=0\nssb.port=0\n");
    try (Node node = start()) {
      node.addPerson("Ana", Optional.empty());
    }
  }

  private void settings(String text) throws Exception {
    Files.writeString(data.resolve("skep.properties"), text);
  }

  @Test
  void allIsWellWhetherItRunsOrNot() throws Exception {
    assertEquals(List.of(), wrong());
    assertEquals(List.of("Skep is not running; ./skep up starts it."), remarks());
    assertEquals(0, doctor());
    try (Node node = start()) {
      assertTrue(node.appPort() > 0);
      assertEquals(List.of(), wrong());
      assertEquals(List.of(), remarks());
      assertEquals(0, doctor());
    }
  }

  @Test
  void lookingOverChangesNothingThatTheNextStartWouldMiss() throws Exception {
    assertEquals(0, doctor());
    try (Node node = start()) {
      assertEquals(List.of("Ana"), List.copyOf(node.people().values()));
    }
  }

  @Test
  void whoeverHoldsTheFolderAndDoesNotAnswerIsNamed() {
    try (DataFolder held = DataFolder.open(data, "process 4711")) {
      assertEquals(1, wrong().size());
      assertTrue(wrong().getFirst().contains("in use by process 4711"), held.path()::toString);
      assertEquals(1, doctor());
    }
  }

  @Test
  void wrongSettingsAreNamedEachInItsSentence() throws Exception {
    settings("http.port=many\nssb.port=0\nshoe.size=43\n");
    assertEquals(2, wrong().size(), () -> wrong().toString());
    assertTrue(wrong().getFirst().startsWith("A setting is wrong: "));
    assertEquals(1, doctor());
  }

  @Test
  void aDamagedDatabaseIsNamedAndNothingElseIsAskedOfIt() throws Exception {
    Files.writeString(data.resolve("skep.db"), "no database".repeat(1_000));
    assertEquals(1, wrong().size(), () -> wrong().toString());
    assertTrue(wrong().getFirst().startsWith("The database can't be read"));
  }

  @Test
  void whereNothingIsTheWayToBeginIsNamed() {
    data = above.resolve("nowhere");
    assertEquals(1, wrong().size());
    assertTrue(wrong().getFirst().contains("The first ./skep up makes one"));
    assertEquals(1, doctor());
    assertTrue(Files.notExists(data), "looking makes nothing");
  }
}
