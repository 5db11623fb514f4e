package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkepCommandTest {
  @TempDir Path data;

  private int run(String... arguments) {
    return SkepCommand.run(arguments);
  }

  @Test
  void withoutANodeACommandSaysSoByItsExitCode() {
    assertEquals(3, run("status", "--data", data.toString()));
    assertEquals(3, run("post", "--to", "anybody", "hello", "--data", data.toString()));
    assertEquals(3, run("stop", "--data", data.toString()));
  }

  @Test
  void wrongUseHasAnExitCodeOfItsOwn() {
    assertEquals(2, run("frobnicate"));
    assertEquals(2, run("post", "no audience"));
    assertEquals(
        2, run("post", "--to", "anybody", "--to", "x", "hello", "--data", data.toString()));
    assertEquals(2, run("account"));
    assertEquals(2, run("up", "--port", "many", "--data", data.toString()));
  }

  @Test
  void helpIsThere() {
    assertEquals(0, run("help"));
    assertEquals(0, run("help", "post"));
    assertEquals(0, run("ssb", "help", "verify"));
    assertEquals(0, run("account", "help", "add"));
    assertEquals(0, run("--version"));
    assertEquals(0, run("up", "--help"));
    assertEquals(0, run("account", "add", "-h"));
    assertEquals(0, run("drill", "-h"));
  }
}
