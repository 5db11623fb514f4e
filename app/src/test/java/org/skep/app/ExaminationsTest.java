package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.kernel.Examination;
import org.skep.kernel.Examination.Finding;

/** What is looked at around a node, sound and broken. */
class ExaminationsTest {
  @TempDir Path data;

  private static String wrong(Examination examination) {
    List<Finding> findings = examination.look();
    assertEquals(1, findings.size(), findings::toString);
    return assertInstanceOf(Finding.Wrong.class, findings.getFirst()).words();
  }

  private static ServerSocket somebodyElse() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private PortsExamination ports(String setting, int port) throws Exception {
    Map<String, String> none = Map.of("http.port", "0", "ssb.port", "0");
    Map<String, String> flags = new HashMap<>(none);
    flags.put(setting, Integer.toString(port));
    return new PortsExamination(Config.read(data, flags, Map.of()));
  }

  @Test
  void anOldJavaIsNamedAndLittleMemoryToldOf() {
    assertEquals(List.of(), new MachineExamination(25, 1L << 30).look());
    assertTrue(wrong(new MachineExamination(21, 1L << 30)).startsWith("Java 21 is too old"));
    Finding little = new MachineExamination(25, 64L << 20).look().getFirst();
    assertTrue(
        assertInstanceOf(Finding.Remark.class, little).words().startsWith("Skep may use 64 MiB"));
  }

  @Test
  void aPortThatAnotherProgramHasIsNamedWithItsSetting() throws Exception {
    assertEquals(List.of(), ports("ssb.port", 0).look());
    int port;
    try (ServerSocket other = somebodyElse()) {
      port = other.getLocalPort();
      String words = wrong(ports("ssb.port", port));
      assertTrue(words.contains("port " + port) && words.contains("ssb.port"), words);
      assertTrue(
          ports("http.port", port - 1).look().stream()
              .anyMatch(finding ->
                  finding.words().contains("port " + port)
                      && finding.words().contains("http.port")));
    }
    assertEquals(List.of(), ports("ssb.port", port).look());
  }

  @Test
  void aListenerThatDoesNotAnswerIsNamed() throws Exception {
    assertTrue(wrong(new ListenerExamination("Scuttlebutt", 0)).contains("does not listen"));
    int port;
    try (ServerSocket listener = somebodyElse()) {
      port = listener.getLocalPort();
      assertEquals(List.of(), new ListenerExamination("Scuttlebutt", port).look());
    }
    assertTrue(wrong(new ListenerExamination("Scuttlebutt", port)).contains("at port " + port));
  }

  private void logs(Duration ago, String level, String words) throws Exception {
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault())
            .format(Instant.now().minus(ago));
    Files.writeString(
        data.resolve("skep.log"),
        time + " " + level + " org.skep.a.B: " + words + "\njava.lang.Exception: x\n\tat y\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void ofTheLogTheLatestFailureOfTheLastDayIsNamed() throws Exception {
    LogExamination log = new LogExamination(data, new SystemClock());
    assertEquals(List.of(), log.look());
    logs(Duration.ofDays(3), "SEVERE", "long ago");
    logs(Duration.ofMinutes(3), "WARNING", "no failure");
    assertEquals(List.of(), log.look());
    logs(Duration.ofMinutes(2), "SEVERE", "the first");
    logs(Duration.ofMinutes(1), "SEVERE", "the latest\u001b[2J " + "x".repeat(1_000));
    String words = wrong(log);
    assertTrue(words.contains("the latest�[2J"), words);
    assertTrue(words.length() < 600, words);
  }

  @Test
  void whatTheProgramItselfLogsIsRecognised() throws Exception {
    LogFile file = new LogFile(data);
    Logging.quiet();
    file.setFormatter(new SimpleFormatter());
    LogRecord record = new LogRecord(Level.SEVERE, "a task ended");
    record.setLoggerName("org.skep.doors.ThreadTasks");
    file.publish(record);
    assertTrue(
        wrong(new LogExamination(data, new SystemClock())).contains("a task ended"),
        Files.readString(data.resolve("skep.log")));
  }
}
