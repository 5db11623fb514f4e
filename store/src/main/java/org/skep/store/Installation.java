package org.skep.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.Randomness;
import org.skep.kernel.StoreException;

/**
 * Tells whether a data folder is the one that was last started here, or was copied, moved or put
 * back meanwhile: it compares the folder's own count of starts with the one that is kept outside
 * ({@link Installations}), and the place.
 *
 * <p>The inner count is written first. After a crash between the two it is one ahead, which is
 * tolerated; what is put back or copied is never ahead.
 *
 * <p>A stop is counted only when it is orderly. While a folder runs, and after it was killed, both
 * counts stand where that run began, so that they say nothing of what it wrote: only of what was
 * stopped can a copy be known to be whole.
 */
public final class Installation {
  private static final System.Logger LOG = System.getLogger(Installation.class.getName());
  private static final String FILE = "installation";
  private static final int ID_BYTES = 16;
  private static final Pattern INSIDE =
      Pattern.compile("(?<id>[0-9a-f]{32}) (?<count>[0-9]{1,18})\n");

  /** What was found when the folder was opened. */
  public sealed interface Finding {
    /** It is the one that was last started here, or nobody started it before. */
    record Known() implements Finding {}

    /**
     * It was last started at another place.
     *
     * @param before the place
     * @param whole whether it is certainly in the state in which it was left there
     */
    record Elsewhere(Path before, boolean whole) implements Finding {}

    /**
     * Something else lies where it was.
     *
     * @param whole whether it is certainly in the state in which it was left
     */
    record Exchanged(boolean whole) implements Finding {}

    /** It was started before, and this computer knows nothing of that. */
    record Unheard() implements Finding {}
  }

  /** What the folder says of itself. */
  private record Inside(String id, long count) {}

  private final DataFolder folder;
  private final Installations installations;
  private final Randomness randomness;
  private final Finding finding;

  /** Whether the starts of this folder are counted in both places. */
  private volatile boolean counting;

  private Installation(DataFolder folder, Installations installations, Randomness randomness) {
    this.folder = folder;
    this.installations = installations;
    this.randomness = randomness;
    this.finding = start();
  }

  /**
   * Looks at a folder that is about to be used, and counts the start where it is known.
   *
   * @throws StoreException when the folder can't be written
   */
  public static Installation of(
      DataFolder folder, Installations installations, Randomness randomness) {
    return new Installation(folder, installations, randomness);
  }

  public Finding finding() {
    return finding;
  }

  /** What would be found if the folder were opened now; nothing is changed. */
  public static Finding findingOf(Path folder, Installations installations) {
    return inside(folder)
        .map(inside -> compare(folder, inside, installations.find(inside.id())))
        .orElseGet(Finding.Known::new);
  }

  private Finding start() {
    Inside inside = inside(folder.path()).orElseGet(this::fresh);
    try {
      return installations.alone(() -> {
        Finding found = compare(folder.path(), inside, installations.find(inside.id()));
        counting = found instanceof Finding.Known;
        if (counting) {
          count(inside, false);
        }
        return found;
      });
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "nothing can be remembered outside of the data folder, so that a copy of it would not be"
              + " noticed here: {0}",
          Words.of(e));
      return compare(folder.path(), inside, installations.find(inside.id()));
    }
  }

  /** Of a folder that nobody started yet. A file that was spoiled is asked about. */
  private Inside fresh() {
    long count = DataFolder.get(folder.path(), FILE).isEmpty() ? 0 : 1;
    return write(new Inside(randomness.bytes(ID_BYTES).hex(), count));
  }

  private static Optional<Inside> inside(Path folder) {
    return DataFolder.get(folder, FILE)
        .map(Bytes::utf8)
        .map(INSIDE::matcher)
        .filter(Matcher::matches)
        .map(text -> new Inside(text.group("id"), Long.parseLong(text.group("count"))));
  }

  private Inside write(Inside inside) {
    folder.put(FILE, Bytes.ofUtf8(inside.id() + " " + inside.count() + "\n"));
    return inside;
  }

  private static Finding compare(
      Path folder, Inside inside, Optional<Installations.Remembered> outside) {
    if (outside.isEmpty()) {
      return inside.count() == 0 ? new Finding.Known() : new Finding.Unheard();
    }
    boolean whole = outside.get().stopped() && inside.count() == outside.get().count();
    if (!outside.get().path().equals(folder)) {
      return new Finding.Elsewhere(outside.get().path(), whole);
    }
    Optional<String> before = outside.get().inode();
    Optional<String> now = inode(folder);
    boolean other = before.isPresent() && now.isPresent() && !before.equals(now);
    return isInStep(inside, outside.get()) && !other
        ? new Finding.Known()
        : new Finding.Exchanged(whole);
  }

  private static boolean isInStep(Inside inside, Installations.Remembered outside) {
    long ahead = inside.count() - outside.count();
    return ahead == 0 || ahead == 1;
  }

  private Optional<String> inode() {
    return inode(folder.path());
  }

  private static Optional<String> inode(Path folder) {
    try {
      return Installations.inode(folder);
    } catch (IOException e) {
      throw new StoreException("the data folder can't be looked at: " + Words.of(e), e);
    }
  }

  /** One more start or stop, first inside, then outside. */
  private void count(Inside inside, boolean stopped) throws IOException {
    Optional<Installations.Remembered> before = installations.find(inside.id());
    if (before.isEmpty()) {
      // Before the first start is counted, so that a crash here leaves a folder nobody started.
      installations.put(
          inside.id(), new Installations.Remembered(folder.path(), inode(), 0, false));
    }
    long next = before.map(Installations.Remembered::count).orElse(0L) + 1;
    if (inside.count() < next) {
      write(new Inside(inside.id(), next));
    }
    // Where the number was found not to last, it is not looked at again.
    Optional<String> inode = before.isEmpty() ? inode() : before.get().inode();
    installations.put(
        inside.id(), new Installations.Remembered(folder.path(), inode, next, stopped));
  }

  /**
   * Counts an orderly stop, so that what is put back afterwards from a copy made while it ran is
   * found out. To be called when nothing is written any more.
   */
  public void stopped() {
    if (!counting) {
      return;
    }
    try {
      installations.alone(() -> {
        Inside inside = inside(folder.path()).orElseThrow();
        Optional<Installations.Remembered> outside = installations.find(inside.id());
        // If meanwhile another folder was said to be the one, it stays that.
        if (outside.filter(known -> known.path().equals(folder.path())).isPresent()) {
          count(inside, true);
        }
        return inside;
      });
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the stop was not counted: {0}", Words.of(e));
    }
  }

  /** Where a folder lies that says it is this one, if there is one at the place of before. */
  public Optional<Path> twin() {
    return twin(inside(folder.path()).orElseThrow());
  }

  private Optional<Path> twin(Inside inside) {
    return installations
        .find(inside.id())
        .map(Installations.Remembered::path)
        .filter(path -> !path.equals(folder.path()))
        .filter(path -> isSame(path, inside.id()));
  }

  private static boolean isSame(Path path, String id) {
    try {
      return inside(path).filter(there -> there.id().equals(id)).isPresent();
    } catch (StoreException e) {
      // It can't be read, so it can't be started either.
      return false;
    }
  }

  /**
   * This folder is the one from now on; at the place of before it is no longer.
   *
   * @return false when it is, and nothing was changed
   * @throws StoreException when that can't be remembered
   */
  public boolean moved() {
    return change(inside -> {
      if (twin(inside).isPresent()) {
        return false;
      }
      Optional<Installations.Remembered> before = installations.find(inside.id());
      boolean here =
          before
              .filter(known -> known.path().equals(folder.path()))
              .filter(known -> isInStep(inside, known))
              .isPresent();
      long next =
          Math.max(inside.count(), before.map(Installations.Remembered::count).orElse(0L)) + 1;
      write(new Inside(inside.id(), next));
      // Only the number differed: this file system gives others at will.
      Optional<String> inode = here ? Optional.empty() : inode();
      installations.put(
          inside.id(), new Installations.Remembered(folder.path(), inode, next, false));
      return true;
    });
  }

  /**
   * This folder is another one from now on, with an id of its own.
   *
   * @throws StoreException when that can't be remembered
   */
  public void copied() {
    change(_ -> {
      Inside own = new Inside(randomness.bytes(ID_BYTES).hex(), 1);
      installations.put(own.id(), new Installations.Remembered(folder.path(), inode(), 1, false));
      write(own);
      return true;
    });
  }

  private interface Change {
    boolean of(Inside inside) throws IOException;
  }

  private boolean change(Change change) {
    try {
      boolean done = installations.alone(() -> change.of(inside(folder.path()).orElseThrow()));
      counting = counting || done;
      return done;
    } catch (IOException e) {
      throw new StoreException(
          "the answer can't be remembered outside of the data folder (" + Words.of(e) + ")", e);
    }
  }
}
