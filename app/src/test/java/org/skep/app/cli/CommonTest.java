package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommonTest {
  private static Common on(String data) {
    Common common = new Common();
    common.data = Path.of(data);
    return common;
  }

  @Test
  void commandsInWordsMeanTheFolderThatWasNamed() {
    Common common = on("/srv/ben");
    assertEquals(
        "Then say: ./skep resume --all-is-here --insist --data /srv/ben",
        common.here("Then say: ./skep resume --all-is-here --insist"));
    assertEquals(
        "Stop it: ./skep stop --data /srv/ben, ./skep up --data /srv/ben",
        common.here("Stop it: ./skep stop, ./skep up"));
    assertEquals(
        "come in: ./skep account add --data /srv/ben NAME",
        common.here("come in: ./skep account add NAME"));
    assertEquals("./skep up --data /srv/ben starts it.", common.here("./skep up starts it."));
    assertEquals("No command, no folder.", common.here("No command, no folder."));
    assertEquals("./skep up --data X", common.here("./skep up --data X"));
  }

  @Test
  void whatAShellWouldTakeApartIsQuoted() {
    assertEquals("./skep up --data '/a b/$c'", on("/a b/$c").here("./skep up"));
    assertEquals("./skep up --data 'it'\\''s'", on("it's").here("./skep up"));
  }

  @Test
  void whereNoFolderWasNamedTheUsualOneIsMeant() {
    assertEquals("say: ./skep up", new Common().here("say: ./skep up"));
  }
}
