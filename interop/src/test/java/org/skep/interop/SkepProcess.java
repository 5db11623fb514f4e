package org.skep.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.skep.testkit.peers.LineProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Skep as a process, driven by its command line alone.
 *
 * <p>It runs from the same jars and main class as {@code ./skep}, on a data folder of its own and
 * any free ports.
 */
final class SkepProcess implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(30);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);
  private static final Pattern STACK_FRAME = Pattern.compile("\\s+at \\S+\\(.*\\).*");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path data;
  private final String name;
  private final Map<String, String> environment;
  private final UnaryOperator<List<String>> place;
  private final PhoneApp phone = new PhoneApp(this);
  private LineProcess process;
  private String url;
  private Optional<String> token = Optional.empty();

  private SkepProcess(
      Path data,
      String name,
      Map<String, String> environment,
      UnaryOperator<List<String>> place,
      LineProcess process,
      String url) {
    this.data = data;
    this.name = name;
    this.environment = environment;
    this.place = place;
    this.process = process;
    this.url = url;
  }

  /** What one command said and how it ended (0 done, 1 refused, 2 usage, 3 no node runs). */
  record Answer(int exitCode, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  /**
   * Starts Skep with one new person and waits for {@code ready URL}.
   *
   * @param data a folder that does not exist yet
   * @param settings added to the environment, such as {@code SKEP_SSB_NETWORK_KEY}
   */
  static SkepProcess start(Path data, String name, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(data, name, settings, UnaryOperator.identity());
  }

  /**
   * As {@link #start(Path, String, Map)}, for a node and its commands that run in another place.
   *
   * @param place makes of a command the one that runs it there
   */
  static SkepProcess start(
      Path data, String name, Map<String, String> settings, UnaryOperator<List<String>> place)
      throws IOException, InterruptedException {
    Path state = Files.createDirectories(data.resolveSibling(data.getFileName() + "-state"));
    Map<String, String> environment =
        new HashMap<>(Map.of("SKEP_SSB_PORT", "0", "SKEP_STATE_DIR", state.toString()));
    environment.putAll(settings);
    LineProcess process = launch(data, name, environment, place);
    return new SkepProcess(data, name, environment, place, process, awaitReady(process));
  }

  private static LineProcess launch(
      Path data, String name, Map<String, String> environment, UnaryOperator<List<String>> place)
      throws IOException {
    List<String> command = commandLine("up");
    command.addAll(List.of("--data", data.toString(), "--name", name));
    command.addAll(List.of("--port", "0", "--no-browser"));
    return LineProcess.start("skep", place.apply(command), environment, errors(data));
  }

  private static String awaitReady(LineProcess process) throws IOException, InterruptedException {
    return process.awaitReady("ready ", START_PATIENCE);
  }

  private static Path errors(Path data) {
    return data.resolveSibling(data.getFileName() + ".err");
  }

  /** The words that run Skep with {@code word} as its first argument. */
  static List<String> commandLine(String word) {
    String app = System.getProperty("skep.interop.app");
    if (app == null || !Files.isDirectory(Path.of(app, "lib"))) {
      throw new IllegalStateException("Skep is not built: start this test by ./skep interop");
    }
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseG1GC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of(app, "lib", "*").toString(),
            "org.skep.app.Main",
            word));
  }

  /** The page's address, as {@code up} printed it. */
  String url() {
    return url;
  }

  /** What lets a program use the API as the first person; the node is asked for it once. */
  String token() throws IOException, InterruptedException {
    if (token.isEmpty()) {
      token = Optional.of(must("token").text().strip());
    }
    return token.get();
  }

  /** What the first person reads and does by HTTP. */
  PhoneApp phone() {
    return phone;
  }

  /** The one-time link that {@code up --no-browser} printed; once for each start. */
  String link() throws IOException, InterruptedException {
    return process.awaitLine("open ", START_PATIENCE);
  }

  /** Runs one command against this node. */
  Answer run(String... words) throws IOException, InterruptedException {
    List<String> command = commandLine(words[0]);
    command.addAll(List.of(words).subList(1, words.length));
    command.addAll(List.of("--data", data.toString()));
    LineProcess client =
        LineProcess.start("skep " + words[0], place.apply(command), environment, errors(data));
    client.closeInput();
    int exitCode = client.awaitEnd(COMMAND_PATIENCE);
    return new Answer(exitCode, client.remainingLines(COMMAND_PATIENCE));
  }

  /** Runs one command that must be done. */
  Answer must(String... words) throws IOException, InterruptedException {
    Answer answer = run(words);
    if (answer.exitCode() != 0) {
      throw new AssertionError(
          "skep %s ended with %d: %s%n%s"
              .formatted(
                  words[0], answer.exitCode(), answer.text(), Files.readString(errors(data))));
    }
    return answer;
  }

  /**
   * Runs one command that must be done, with little memory, and keeps what it says in a file.
   *
   * @param output made anew
   */
  void mustInto(Path output, String... words) throws IOException, InterruptedException {
    List<String> command = commandLine(words[0]);
    command.add(1, "-Xmx64m");
    command.addAll(List.of(words).subList(1, words.length));
    command.addAll(List.of("--data", data.toString()));
    intoFile(output, command);
  }

  /** {@link #mustInto} for a command that needs no node and knows no data folder. */
  static void fileToolInto(Path output, String... words) throws IOException, InterruptedException {
    List<String> command = commandLine(words[0]);
    command.add(1, "-Xmx64m");
    command.addAll(List.of(words).subList(1, words.length));
    intoFile(output, command);
  }

  private static void intoFile(Path output, List<String> command)
      throws IOException, InterruptedException {
    Path said = output.resolveSibling(output.getFileName() + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(said.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(LONG_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s ended with %d: %s".formatted(command, process.exitValue(), Files.readString(said)));
    }
  }

  /** {@code status --json}: accounts with their own addresses, ports, networks. */
  JsonNode status() throws IOException, InterruptedException {
    return JSON.readTree(must("status", "--json").text());
  }

  /** The feed id {@code @….ed25519} of this node's first person. */
  String feedId() throws IOException, InterruptedException {
    return status().get("accounts").get(0).get("ssb").asString();
  }

  /** The multiserver address under which a peer on this machine reaches this node. */
  String ssbAddress() throws IOException, InterruptedException {
    JsonNode status = status();
    String id = status.get("accounts").get(0).get("ssb").asString();
    String key = id.substring(1, id.length() - ".ed25519".length());
    return "net:127.0.0.1:" + status.get("ports").get("ssb").asInt() + "~shs:" + key;
  }

  /** {@code timeline --json}: an array of Mastodon statuses, each with {@code skep.text}. */
  JsonNode timeline() throws IOException, InterruptedException {
    return JSON.readTree(must("timeline", "--json").text());
  }

  /** {@code letters --json}: an array of Mastodon conversations. */
  JsonNode letters() throws IOException, InterruptedException {
    return JSON.readTree(must("letters", "--json").text());
  }

  /** The plain texts of the timeline's posts by one person, newest first. */
  List<String> postsBy(String feedId) throws IOException, InterruptedException {
    return PhoneApp.textsBy(feedId, timeline());
  }

  /** A post of the timeline by its words, as a Mastodon status. */
  Optional<JsonNode> post(String text) throws IOException, InterruptedException {
    return timeline()
        .valueStream()
        .filter(status -> PhoneApp.textOf(status).equals(text))
        .findFirst();
  }

  /** What it and its commands said on standard error. */
  List<String> complaints() throws IOException {
    return Files.readAllLines(errors(data));
  }

  /** Ends the node as Ctrl-C would and starts it again on the same folder. */
  void restart() throws IOException, InterruptedException {
    stop();
    startAgain();
  }

  /** Starts the node again on the same folder and waits for it. */
  void startAgain() throws IOException, InterruptedException {
    beginAgain();
    awaitWhole();
  }

  /** Waits until the node that began is whole. */
  void awaitWhole() throws IOException, InterruptedException {
    url = awaitReady(process);
  }

  /** Starts the node again and does not wait for it. */
  void beginAgain() throws IOException {
    process = launch(data, name, environment, place);
  }

  /** Ends the node at whatever it is doing (SIGKILL). */
  void kill() throws InterruptedException {
    process.kill();
    process.awaitEnd(STOP_PATIENCE);
  }

  /**
   * Ends the node as Ctrl-C would.
   *
   * @throws AssertionError when it, or a command, wrote down a fault of its own
   */
  @Override
  public void close() throws IOException {
    stop();
  }

  /** As {@link #close}, for one that is started again. */
  void stop() throws IOException {
    process.terminate();
    process.awaitEndUninterrupted(STOP_PATIENCE);
    List<String> said = complaints();
    if (said.stream().anyMatch(SkepProcess::isFault)) {
      throw new AssertionError("skep wrote down a fault:\n" + String.join("\n", said));
    }
  }

  /** SEVERE is how the log spells an error; a stack trace is a fault under whatever name. */
  private static boolean isFault(String line) {
    return line.contains(" SEVERE ") || STACK_FRAME.matcher(line).matches();
  }
}
