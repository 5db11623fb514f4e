package org.skep.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skep.app.Doctor;
import org.skep.app.ListenerExamination;
import org.skep.kernel.Examination;
import org.skep.kernel.Examination.Finding;
import org.skep.kernel.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Looks the node over, and says what is wrong and what to do. */
@Command(
    name = "doctor",
    description = "Say whether all is well with Skep, or what is wrong and what to do.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Override
  public Integer call() {
    List<Finding> findings = examine(common.folder());
    List<String> wrong = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Finding finding : findings) {
      switch (finding) {
        case Finding.Wrong(String words) -> wrong.add(words);
        case Finding.Remark(String words) -> remarks.add(words);
      }
    }
    if (wrong.isEmpty()) {
      Output.line("All is well.");
    }
    wrong.forEach(words -> Output.line(common.here(words)));
    remarks.forEach(words -> Output.line(common.here(words)));
    return wrong.isEmpty() ? 0 : Failure.REFUSED;
  }

  static List<Finding> examine(Path folder) {
    return new Doctor(folder, System.getenv()).examine(running(folder));
  }

  /** What a node that answers says of itself; empty when none does. */
  private static Optional<List<Examination>> running(Path folder) {
    try (NodeClient node = NodeClient.of(folder, null)) {
      JsonNode status = node.get("/api/skep/v1/status");
      List<Examination> more = new ArrayList<>();
      more.add(new ListenerExamination("Scuttlebutt", status.path("ports").path("ssb").asInt()));
      status
          .path("progress")
          .forEach(work -> more.add(() -> remark(work.path("words").asString())));
      status.path("troubles").forEach(words -> more.add(() -> remark(words.asString())));
      String copied = status.path("copied").asString("");
      if (!copied.isEmpty()) {
        more.add(() -> List.of(new Finding.Wrong(copied + " " + Doctor.COPIED)));
      }
      return Optional.of(more);
    } catch (Failure failure) {
      if (failure.exitCode() == Failure.NO_NODE) {
        return Optional.empty();
      }
      // It is there, and busy, or does not take the command line's token.
      String words = String.valueOf(failure.getMessage());
      return Optional.of(List.of(() -> List.of(new Finding.Wrong(words))));
    } catch (StoreException unusable) {
      // The folder itself is not as it should be; whoever looks at that says how.
      return Optional.empty();
    }
  }

  private static List<Finding> remark(String words) {
    return List.of(new Finding.Remark(words));
  }
}
