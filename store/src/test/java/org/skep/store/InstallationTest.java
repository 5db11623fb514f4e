package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Randomness;
import org.skep.kernel.StoreException;
import org.skep.store.Installation.Finding;

/** A data folder is known again, and what was copied, moved or put back is not taken for it. */
class InstallationTest {
  private static final Finding KNOWN = new Finding.Known();

  @TempDir Path above;
  private final Randomness randomness = new Random(20_261_129)::nextBytes;
  private Path data;
  private Path state;

  @BeforeEach
  void choose() throws IOException {
    Path real = above.toRealPath();
    data = real.resolve("my own\n蜂");
    state = real.resolve("state");
  }

  private Installation open(DataFolder folder) {
    return Installation.of(folder, Installations.in(state), randomness);
  }

  /** Opens and stops in good order. */
  private Finding run(Path path) {
    return run(path, Installations.in(state));
  }

  private Finding run(Path path, Installations installations) {
    try (DataFolder folder = DataFolder.open(path, "me")) {
      Installation installation = Installation.of(folder, installations, randomness);
      installation.stopped();
      return installation.finding();
    }
  }

  /** Opens and is killed. */
  private Finding crash(Path path) {
    try (DataFolder folder = DataFolder.open(path, "me")) {
      return open(folder).finding();
    }
  }

  private boolean answersMoved(Path path) {
    try (DataFolder folder = DataFolder.open(path, "me")) {
      return open(folder).moved();
    }
  }

  private void answersCopied(Path path) {
    try (DataFolder folder = DataFolder.open(path, "me")) {
      open(folder).copied();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Path record() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("installations"))) {
      return files
          .filter(file -> !file.getFileName().toString().equals("lock"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theSameFolderIsKnownAtEachStartAndAfterEachCrash() {
    for (int round = 0; round < 3; round++) {
      assertEquals(KNOWN, run(data));
      assertEquals(KNOWN, crash(data));
    }
  }

  @Test
  void anotherNameOfTheSamePlaceIsNoOtherPlace() throws IOException {
    assertEquals(KNOWN, run(data));
    Path link = Files.createSymbolicLink(data.resolveSibling("link"), data);
    assertEquals(KNOWN, run(link));
  }

  @Test
  void aCopyIsNotKnownAndTheOriginalIs() throws IOException {
    run(data);
    Path copy = data.resolveSibling("copy");
    copy(data, copy);
    assertEquals(new Finding.Elsewhere(data, true), run(copy));
    assertEquals(KNOWN, run(data));
    assertEquals(new Finding.Elsewhere(data, false), run(copy), "the original has gone on");
  }

  @Test
  void aCopyMadeWhileItRanIsNotKnownEither() throws IOException {
    Path copy = data.resolveSibling("copy");
    try (DataFolder folder = DataFolder.open(data, "me")) {
      Installation running = open(folder);
      copy(data, copy);
      Files.delete(copy.resolve("lock"));
      assertEquals(new Finding.Elsewhere(data, false), run(copy));
      assertEquals(KNOWN, running.finding());
    }
  }

  @Test
  void aCopyMadeWhileItRanIsNotWholeThoughItWasKilledThen() throws IOException {
    run(data);
    Path copy = data.resolveSibling("copy");
    Path back = data.resolveSibling("back");
    try (DataFolder folder = DataFolder.open(data, "me")) {
      open(folder);
      copy(data, copy);
      copy(data, back);
    }
    Path before = Files.move(data, data.resolveSibling("before"));
    assertEquals(new Finding.Elsewhere(data, false), run(copy));
    Files.move(back, data);
    assertEquals(new Finding.Exchanged(false), run(data), "another folder in the very same place");
    delete(data);
    Files.move(before, data);
    assertEquals(KNOWN, run(data), "it goes on where it was killed");
    assertEquals(new Finding.Elsewhere(data, false), run(copy));
  }

  @Test
  void whatWasKilledAndThenStoppedInOrderIsWholeAgain() throws IOException {
    crash(data);
    run(data);
    Path moved = Files.move(data, data.resolveSibling("moved"));
    assertEquals(new Finding.Elsewhere(data, true), run(moved));
    assertTrue(answersMoved(moved));
    Path again = Files.move(moved, data.resolveSibling("again"));
    assertEquals(new Finding.Elsewhere(moved, false), run(again), "killed after the answer");
  }

  @Test
  void aStopThatWasCountedInsideOnlyIsNoProof() throws IOException {
    crash(data);
    byte[] running = Files.readAllBytes(record());
    run(data);
    byte[] stopped = Files.readAllBytes(record());
    Files.write(record(), running);
    Path moved = Files.move(data, data.resolveSibling("moved"));
    assertEquals(new Finding.Elsewhere(data, false), run(moved));
    Files.write(record(), stopped);
    assertEquals(new Finding.Elsewhere(data, true), run(moved));
  }

  @Test
  void whatWasMovedIsKnownOnceThatWasAnswered() throws IOException {
    run(data);
    Path moved = Files.move(data, data.resolveSibling("moved"));
    assertEquals(new Finding.Elsewhere(data, true), run(moved));
    assertEquals(new Finding.Elsewhere(data, true), run(moved), "it is asked until it is answered");
    assertTrue(answersMoved(moved));
    assertEquals(KNOWN, run(moved));
  }

  @Test
  void whileTheOtherIsThereNothingHasMoved() throws IOException {
    run(data);
    Path copy = data.resolveSibling("copy");
    copy(data, copy);
    try (DataFolder folder = DataFolder.open(copy, "me")) {
      Installation installation = open(folder);
      assertEquals(Optional.of(data), installation.twin());
      assertFalse(installation.moved());
    }
    assertEquals(new Finding.Elsewhere(data, true), run(copy));
    assertEquals(KNOWN, run(data));
  }

  @Test
  void ofTwoCopiesOfSomethingGoneOnlyOneIsTheOne() throws IOException {
    run(data);
    Path one = data.resolveSibling("one");
    Path two = data.resolveSibling("two");
    copy(data, one);
    copy(data, two);
    delete(data);
    try (DataFolder first = DataFolder.open(one, "me");
        DataFolder second = DataFolder.open(two, "me")) {
      Installation ones = open(first);
      Installation twos = open(second);
      assertTrue(ones.moved());
      assertFalse(twos.moved(), "both were asked; the first answer counts");
    }
    assertEquals(KNOWN, run(one));
    assertEquals(new Finding.Elsewhere(one, false), run(two));
  }

  @Test
  void anAnsweredCopyIsAFolderOfItsOwn() throws IOException {
    run(data);
    Path copy = data.resolveSibling("copy");
    copy(data, copy);
    answersCopied(copy);
    assertEquals(KNOWN, run(copy));
    assertEquals(KNOWN, run(data));
    Path copyOfCopy = data.resolveSibling("again");
    copy(copy, copyOfCopy);
    assertEquals(new Finding.Elsewhere(copy, true), run(copyOfCopy));
  }

  @Test
  void anOldStateThatWasPutBackIsFoundOut() throws IOException {
    run(data);
    Path backup = data.resolveSibling("backup");
    copy(data, backup);
    run(data);
    for (String file : List.of("installation", "lock")) {
      Files.write(data.resolve(file), Files.readAllBytes(backup.resolve(file)));
    }
    assertEquals(new Finding.Exchanged(false), run(data), "the same folder, an older content");
    delete(data);
    copy(backup, data);
    assertEquals(new Finding.Exchanged(false), run(data));
    assertTrue(answersMoved(data));
    assertEquals(KNOWN, run(data));
  }

  @Test
  void aStateOfARunningFolderThatWasPutBackIsFoundOut() throws IOException {
    byte[] running;
    try (DataFolder folder = DataFolder.open(data, "me")) {
      Installation installation = open(folder);
      running = Files.readAllBytes(data.resolve("installation"));
      installation.stopped();
    }
    Files.write(data.resolve("installation"), running);
    assertEquals(new Finding.Exchanged(false), run(data));
  }

  @Test
  void aFolderOfAnotherComputerIsNotKnown() {
    run(data);
    state = state.resolveSibling("another computer's");
    assertEquals(new Finding.Unheard(), run(data));
    assertTrue(answersMoved(data));
    assertEquals(KNOWN, run(data));
  }

  @Test
  void aCrashBetweenTheTwoCountsIsNoCopy() throws IOException {
    run(data);
    byte[] outside = Files.readAllBytes(record());
    crash(data);
    Files.write(record(), outside);
    assertEquals(KNOWN, crash(data), "inside one ahead");
    assertEquals(KNOWN, run(data));
  }

  @Test
  void aCrashAtTheVeryFirstStartIsNoCopy() throws IOException {
    try (DataFolder folder = DataFolder.open(data, "me")) {
      Installation.of(folder, Installations.nowhere(), randomness);
    }
    assertTrue(Files.readString(data.resolve("installation")).endsWith(" 0\n"));
    assertEquals(KNOWN, run(data));
  }

  @Test
  void anotherFolderAtTheSamePlaceIsAskedAboutAndThenTheNumberIsNotTrusted() throws IOException {
    run(data);
    rewriteInode("1");
    assertEquals(new Finding.Exchanged(true), run(data));
    assertTrue(answersMoved(data));
    assertEquals(KNOWN, run(data));
    Path twin = data.resolveSibling("twin");
    copy(data, twin);
    delete(data);
    Files.move(twin, data);
    assertEquals(KNOWN, run(data), "this file system gives numbers at will");
  }

  @Test
  void whereNothingHasANumberThePlaceAndTheCountDecide() throws IOException {
    run(data);
    rewriteInode("-");
    assertEquals(KNOWN, run(data));
  }

  private void rewriteInode(String inode) throws IOException {
    String[] parts = Files.readString(record()).split(" ", 3);
    Files.writeString(record(), parts[0] + " " + inode + " " + parts[2]);
  }

  @Test
  void whereNothingCanBeRememberedAFreshFolderWorksAndAnAnswerIsRefused() throws IOException {
    Files.writeString(state, "a file where a folder should be");
    assertEquals(KNOWN, run(data));
    assertEquals(KNOWN, run(data));
    Files.delete(state);
    run(data);
    delete(state.resolve("installations"));
    Files.delete(state);
    Files.writeString(state, "again");
    assertEquals(new Finding.Unheard(), run(data));
    assertThrows(StoreException.class, () -> answersMoved(data));
    assertThrows(StoreException.class, () -> answersCopied(data));
    assertEquals(new Finding.Unheard(), run(data));
  }

  @Test
  void aFolderIsKnownWhereTheRecordCanBeReadButNotWritten() throws IOException {
    run(data);
    Path lock = state.resolve("installations").resolve("lock");
    Files.delete(lock);
    Files.createDirectory(lock);
    for (int round = 0; round < 4; round++) {
      assertEquals(KNOWN, run(data));
    }
  }

  @Test
  void aSpoiledFileInsideOrOutsideIsAskedAbout() throws IOException {
    run(data);
    Files.writeString(data.resolve("installation"), "?");
    assertEquals(new Finding.Unheard(), run(data));
    assertTrue(answersMoved(data));
    assertEquals(KNOWN, run(data));
    try (Stream<Path> files = Files.list(state.resolve("installations"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "5 - http://elsewhere/\n");
      }
    }
    assertEquals(new Finding.Unheard(), run(data));
  }
}
