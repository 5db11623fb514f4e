package org.skep.app;

import java.nio.file.Path;
import java.util.Optional;
import org.skep.engine.Refusal;
import org.skep.engine.Whereabouts;
import org.skep.kernel.StoreException;
import org.skep.store.DataFolder;
import org.skep.store.Installation;

/**
 * Has a data folder that may be a copy ask before anything is written from it, and takes the
 * answer. See decision 006. Any thread.
 */
final class CopyGuard {
  private final Installation installation;
  private final Whereabouts whereabouts;

  private CopyGuard(Installation installation, Whereabouts whereabouts) {
    this.installation = installation;
    this.whereabouts = whereabouts;
  }

  /** Looks at the folder and, where it is not known, has nothing written. */
  static CopyGuard post(DataFolder folder, Installation installation, Whereabouts whereabouts) {
    CopyGuard guard = new CopyGuard(installation, whereabouts);
    words(folder.path(), installation.finding()).ifPresent(whereabouts::ask);
    return guard;
  }

  /** What is asked about, as a sentence; empty where nothing is. */
  static Optional<String> words(Path folder, Installation.Finding finding) {
    return switch (finding) {
      case Installation.Finding.Known _ -> Optional.empty();
      case Installation.Finding.Elsewhere(Path before, boolean whole) ->
          Optional.of(
              "Skep’s folder was last used at %s, and now it lies at %s.%s"
                  .formatted(before, folder, whole ? "" : OLDER));
      case Installation.Finding.Exchanged(boolean whole) ->
          Optional.of(
              (whole
                      ? "At %s lies another folder than before."
                      : "At %s lies another folder than before, or another state of it than the"
                          + " one that was last used.")
                  .formatted(folder));
      case Installation.Finding.Unheard _ ->
          Optional.of(
              "The folder %s was used before, but this computer knows nothing of that."
                  .formatted(folder));
    };
  }

  private static final String OLDER = " It may lack what was written there since.";

  /**
   * This is the one Skep, and there is no other.
   *
   * @throws Refusal when nothing was asked, when the other one is there to be seen, or when the
   *     answer can't be kept
   */
  void moved() {
    checkAsked();
    Optional<Path> other = installation.twin();
    if (other.isPresent()) {
      throw new Refusal(
          "the other Skep is still there, at %s; two that write spoil your log for ever. Remove"
                  .formatted(other.get())
              + " that folder first, or say that this is a copy");
    }
    keep(() -> {
      if (!isWhole()) {
        // First what keeps people from writing: after a crash in between it is asked again.
        whereabouts.rest();
      }
      if (!installation.moved()) {
        throw new Refusal("the other Skep has come back meanwhile");
      }
      whereabouts.isTheOne();
    });
  }

  private boolean isWhole() {
    return switch (installation.finding()) {
      case Installation.Finding.Known _ -> true;
      case Installation.Finding.Elsewhere(Path _, boolean whole) -> whole;
      case Installation.Finding.Exchanged(boolean whole) -> whole;
      case Installation.Finding.Unheard _ -> false;
    };
  }

  /**
   * Another Skep writes with the keys that are here, and goes on doing so.
   *
   * @throws Refusal when nothing was asked, or when the answer can't be kept
   */
  void copied() {
    checkAsked();
    keep(() -> {
      // First what keeps people from writing: after a crash in between it is asked again.
      whereabouts.isCopy();
      installation.copied();
    });
  }

  private void checkAsked() {
    if (whereabouts.question().isEmpty()) {
      throw new Refusal("nobody asked whether this Skep is a copy");
    }
  }

  private static void keep(Runnable answer) {
    try {
      answer.run();
    } catch (StoreException e) {
      throw new Refusal(
          e.getMessage() + "; name another place for it in SKEP_STATE_DIR and start again", e);
    }
  }
}
