package org.skep.app.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says or chooses how far one reaches for others' posts. */
@Command(name = "reach", description = "Say or choose whose posts are fetched.")
final class ReachCommand implements Callable<Integer> {
  private static final String PATH = "/api/skep/v1/reach";

  @Mixin Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "HOPS",
      description = "0: nobody else's; 1: of those you follow; 2: also of those whom they follow")
  Optional<Integer> hops = Optional.empty();

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      if (hops.isPresent()) {
        node.put(PATH, Map.of("hops", hops.get()));
      }
      Output.line(words(node.get(PATH).path("hops").asInt()));
    }
    return 0;
  }

  private static String words(int hops) {
    return switch (hops) {
      case 0 -> "Nobody's posts are fetched.";
      case 1 -> "The posts of those you follow are fetched.";
      default -> "The posts of those you follow are fetched, and of those whom they follow.";
    };
  }
}
