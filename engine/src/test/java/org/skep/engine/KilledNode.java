package org.skep.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skep.engine.views.PostsView;
import org.skep.kernel.AccountId;
import org.skep.kernel.Checked;
import org.skep.kernel.Fact;
import org.skep.kernel.Lane;
import org.skep.kernel.Verdict;

/**
 * A node in a process of its own, which a test kills without warning. It follows one author, is
 * offered her entries, and prints each verdict once it has it.
 */
final class KilledNode {
  private KilledNode() {}

  /** Whose entries come; the same in the process and in the test. */
  static TestAuthor author() {
    return new TestAuthor(TestNode.TOWN, "ben");
  }

  /**
   * @param arguments the folder; what to do: {@code flood} (entries without end), {@code gap} (only
   *     the second and third entry), {@code forked} (an entry of Ana's that was not written here)
   *     or {@code halfway} (stands still inside the transaction that keeps the second entry)
   */
  public static void main(String[] arguments) {
    TestNode node = new TestNode(Path.of(arguments[0]));
    TestAuthor ben = author();
    AccountId ana = node.account("Ana");
    node.follow(ana, ben);
    switch (arguments[1]) {
      case "flood" -> {
        for (int i = 0; ; i++) {
          tell(node.offer(ben.posts("n" + i)));
        }
      }
      case "gap" -> {
        ben.posts("one");
        tell(node.offer(ben.posts("two"), ben.posts("three")));
      }
      case "forked" -> tell(node.offer(new TestAuthor(TestNode.TOWN, "account1").posts("twin")));
      case "halfway" -> {
        tell(node.offer(ben.posts("one")));
        TestAuthor.Written second = ben.posts("two");
        node.engine.close();
        Projections projections =
            node.projections(List.of(new PostsView(node.aliases), new StandingStill()));
        projections.prepare();
        Recorder recorder = node.recorder(projections);
        node.store.write(
            Lane.LIVE,
            tx ->
                recorder.record(
                    tx, (Checked.Sound) node.town.check(second.raw().bytes()), true, "peer", true));
      }
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    stand();
  }

  private static void tell(List<Verdict> verdicts) {
    verdicts.forEach(verdict -> System.out.println("verdict " + verdict));
    System.out.flush();
  }

  private static void stand() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A view that says when it is reached, after the rows of another were written, and waits. */
  private static final class StandingStill extends FailingView {
    @Override
    void reached(Fact cause) {
      System.out.println("halfway");
      System.out.flush();
      stand();
    }
  }

  /** Runs it until it printed so many lines, and kills it. */
  static List<String> runAndKill(Path folder, String what, int lines)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNode.class.getName(),
                folder.toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      while (said.size() < lines) {
        String line = out.readLine();
        if (line == null) {
          throw new AssertionError("it ended by itself after " + said);
        }
        said.add(line);
      }
      // By its handle, because the process itself would close its output with it.
      process.toHandle().destroyForcibly();
      // What it had said before it died counts too.
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return said;
  }
}
