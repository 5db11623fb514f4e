package org.skep.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.app.whole.Import;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.engine.Engine;
import org.skep.engine.SqlVault;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.skep.kernel.Examination.Finding;
import org.skep.kernel.StoreException;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.DataFolder;
import org.skep.store.DatabaseExamination;
import org.skep.store.DatabaseReading;
import org.skep.store.FolderExamination;
import org.skep.store.Installation;
import org.skep.store.Installations;
import org.skep.store.NamesExamination;
import org.skep.store.SpaceExamination;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;

/**
 * Looks a node over from outside, whether it runs or not: folder, disk, settings, log, database and
 * what the rooms keep in it. Changes nothing; where no node runs it holds the folder meanwhile, so
 * that none starts. One thread.
 */
public final class Doctor {
  /** For the check of the database, which may be large. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What to say where a folder may be a copy. */
  public static final String COPIED =
      "Nothing is written until you have said whether it was moved (./skep up --moved) or is a copy"
          + " (./skep up --copied).";

  private final Path folder;
  private final Map<String, String> environment;
  private final Clock clock = new SystemClock();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param environment the process's, in which settings may stand
   */
  public Doctor(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Looks at all that can be looked at.
   *
   * @param running what more there is to look at because the node runs and has answered; empty when
   *     does
   */
  public List<Finding> examine(Optional<List<Examination>> running) {
    look(MachineExamination.here());
    look(new FolderExamination(folder, System.getProperty("user.name")));
    if (!Files.isDirectory(folder)) {
      return List.copyOf(findings);
    }
    look(new SpaceExamination(folder));
    look(new LogExamination(folder, clock));
    Optional<Config> config = config();
    if (running.isPresent()) {
      running.get().forEach(this::look);
      lookAtDatabase(true);
    } else {
      lookAtStopped(config);
    }
    return List.copyOf(findings);
  }

  private void look(Examination examination) {
    try {
      findings.addAll(examination.look());
    } catch (StoreException e) {
      findings.add(new Finding.Wrong(sentence(String.valueOf(e.getMessage()))));
    }
  }

  private Optional<Config> config() {
    try {
      return Optional.of(Config.read(folder, Map.of(), environment));
    } catch (Config.Mistakes mistakes) {
      String.valueOf(mistakes.getMessage())
          .lines()
          .forEach(line ->
              findings.add(
                  new Finding.Wrong(
                      "A setting is wrong: " + line + ". Correct it and start again.")));
      return Optional.empty();
    }
  }

  private void lookAtStopped(Optional<Config> config) {
    try {
      Optional<DataFolder> free = DataFolder.openIfFree(folder, "./skep doctor");
      if (free.isEmpty()) {
        findings.add(
            new Finding.Wrong(
                ("Skep does not answer, and yet the data folder is in use by %s."
                        + " If it was started just now, wait a minute and ask again; else"
                        + " end that process and say: ./skep up")
                    .formatted(DataFolder.holderOf(folder))));
        return;
      }
      try (DataFolder whole = free.get()) {
        Optional<String> unfinished = Import.unfinished(folder);
        findings.add(
            unfinished.isPresent()
                ? new Finding.Wrong(sentence(unfinished.get()))
                : new Finding.Remark("Skep is not running; ./skep up starts it."));
        config.ifPresent(settings -> look(new PortsExamination(settings)));
        config
            .flatMap(settings -> ifCopied(whole.path(), settings))
            .map(Finding.Wrong::new)
            .ifPresent(findings::add);
        lookAtDatabase(false);
      }
    } catch (StoreException e) {
      findings.add(new Finding.Wrong(sentence(String.valueOf(e.getMessage()))));
    }
  }

  private static Optional<String> ifCopied(Path folder, Config settings) {
    Installations remembered =
        settings.state().map(Installations::in).orElseGet(Installations::nowhere);
    return CopyGuard.words(folder, Installation.findingOf(folder, remembered))
        .map(words -> words + " " + COPIED);
  }

  private void lookAtDatabase(boolean running) {
    int before = wrong();
    look(new DatabaseExamination(folder, clock, PATIENCE));
    if (wrong() > before) {
      return;
    }
    try {
      Optional<DatabaseReading> open = DatabaseReading.open(folder);
      if (open.isPresent()) {
        try (DatabaseReading database = open.get()) {
          look(new NamesExamination(database));
          rooms(database, running).forEach(this::look);
        }
      } else if (Files.exists(folder.resolve("skep.db"))) {
        findings.add(
            new Finding.Remark("The database is of an older Skep; the next start brings it up."));
      }
    } catch (StoreException e) {
      findings.add(new Finding.Wrong(sentence(String.valueOf(e.getMessage()))));
    }
  }

  private List<Examination> rooms(DatabaseReading database, boolean running) {
    SqliteAliases aliases = new SqliteAliases();
    SqliteFacts facts = new SqliteFacts(database, aliases);
    SystemRandomness randomness = new SystemRandomness();
    SqlVault vault = new SqlVault(randomness);
    return Engine.examinations(
        database,
        aliases,
        facts,
        vault,
        List.of(
            new HomeNetwork(vault),
            new ScuttlebuttNetwork(vault, facts, clock, randomness, SignCap.NONE)),
        clock,
        running);
  }

  private int wrong() {
    return (int) findings.stream().filter(Finding.Wrong.class::isInstance).count();
  }

  private static String sentence(String words) {
    String whole = Character.toUpperCase(words.charAt(0)) + words.substring(1);
    return whole.endsWith(".") ? whole : whole + ".";
  }
}
