package org.skep.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skep.app.Version;
import org.skep.engine.Refusal;
import org.skep.kernel.StoreException;
import org.skep.kernel.Texts;
import org.skep.store.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code skep} and its parts. */
@Command(
    name = "skep",
    description = "Take part in the social internet, also when it is unplugged.",
    footer = {
      "",
      "Also: skep test (the tests), skep interop [SUITE] (against other programs), skep soak.",
      "Every command takes --data DIR and --account NAME."
    })
public final class SkepCommand implements Callable<Integer> {
  private static final List<Class<?>> COMMANDS =
      List.of(
          UpCommand.class,
          OpenCommand.class,
          StopCommand.class,
          StatusCommand.class,
          AccountCommand.class,
          PostCommand.class,
          ActCommand.Edit.class,
          ActCommand.Delete.class,
          ActCommand.Boost.class,
          TimelineCommand.class,
          LettersCommand.class,
          RelateCommand.Follow.class,
          RelateCommand.Block.class,
          ReachCommand.class,
          ConnectCommand.class,
          TokenCommand.class,
          RebuildCommand.class,
          ResumeCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          SsbCommand.class,
          WhyCommand.class,
          DoctorCommand.class,
          DrillCommand.class,
          HelpCommand.class);

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(names = "--version", description = "say which version this is")
  boolean version;

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  public static int run(String[] arguments) {
    CommandLine line = new CommandLine(new SkepCommand());
    asked(arguments).forEach(line::addSubcommand);
    helpful(line);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(failure, command.getErr()));
    line.setParameterExceptionHandler(SkepCommand::explainUsage);
    return line.execute(arguments);
  }

  /** The command that is named; where none is, all. To read what each takes costs a good start. */
  private static List<Class<?>> asked(String[] arguments) {
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
            .toList();
    return named.isEmpty() || named.contains(HelpCommand.class) ? COMMANDS : named;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Every command says what it does, however it is asked. */
  private static void helpful(CommandLine line) {
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("say what this does")
                  .build());
    }
    line.getSubcommands().values().forEach(SkepCommand::helpful);
  }

  private static int explain(Exception failure, PrintWriter err) {
    return switch (failure) {
      case Failure refused -> {
        // What the node refuses may name somebody by a name that she chose.
        say(err, refused.getMessage());
        yield refused.exitCode();
      }
      case StoreException broken -> {
        err.println(broken.getMessage());
        yield Failure.REFUSED;
      }
      case Refusal refused -> {
        err.println(sentence(String.valueOf(refused.getMessage())));
        yield Failure.REFUSED;
      }
      case FileSystemException disk -> {
        say(err, sentence(Words.of(disk)));
        yield Failure.REFUSED;
      }
      case IOException broken -> {
        // It may speak of a file that somebody else wrote.
        say(err, broken.getMessage());
        yield Failure.REFUSED;
      }
      default -> {
        System.getLogger(SkepCommand.class.getName())
            .log(System.Logger.Level.DEBUG, "a command failed", failure);
        err.println("Something went wrong: " + failure.getMessage());
        yield Failure.REFUSED;
      }
    };
  }

  private static void say(PrintWriter err, @Nullable String lines) {
    String.valueOf(lines).lines().forEach(line -> err.println(Texts.withinALine(line)));
  }

  /** What the engine refuses begins in lower case, to stand within other words. */
  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private static int explainUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(mistake.getMessage());
    CommandLine group = command.getParent();
    err.println(
        group == null
            ? "See: ./skep help"
            : "See: ./"
                + group.getCommandSpec().qualifiedName()
                + " help "
                + command.getCommandName());
    return Failure.USAGE;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (version) {
      out.println("Skep " + Version.TEXT);
    } else {
      spec.commandLine().usage(out);
    }
    return 0;
  }
}
