package org.skep.app.whole;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Doctor;
import org.skep.app.Node;
import org.skep.app.QuietNode;
import org.skep.app.frozen.Frozen;
import org.skep.app.frozen.SteppingClock;
import org.skep.app.frozen.Telling;
import org.skep.doors.SystemRandomness;
import org.skep.engine.Refusal;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.StoreException;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.age.AgeOpen;
import org.skep.wire.age.AgeSeal;
import org.skep.wire.crypto.Digests;
import tools.jackson.databind.json.JsonMapper;

/** All is given away and brought back, and what is spoiled on the way is refused. */
class WholeTest {
  private static final String PASSPHRASE = "five words are quite good";

  /** Nobody guesses here, and it is done often. */
  private static final int WORK_FACTOR = 2;

  private static final AccountId ANA = new AccountId(1);

  @TempDir Path place;
  private Path data;
  private Path exported;
  private Path back;

  @BeforeEach
  void makeASkep() throws Exception {
    data = place.resolve("data");
    exported = place.resolve("exported");
    back = place.resolve("back");
    Frozen.unpack(9, data);
    open(data).close();
  }

  private static QuietNode open(Path folder) throws InterruptedException {
    return new QuietNode(folder, SignCap.NONE, new SteppingClock(Duration.ofDays(30)));
  }

  private Export.Done export(Path from, Path to) throws IOException {
    return Export.run(
        from,
        to,
        PASSPHRASE,
        WORK_FACTOR,
        new SystemRandomness(),
        new SteppingClock(Duration.ofDays(30)),
        (done, total) -> assertTrue(done <= total));
  }

  private Import.Done bring(boolean damaged) throws Exception {
    return bring(PASSPHRASE, damaged);
  }

  private Import.Done bring(String passphrase, boolean damaged) throws Exception {
    return Import.run(
        Config.read(back, Map.of(), Map.of()),
        exported,
        passphrase,
        damaged,
        new SteppingClock(Duration.ofDays(31)),
        (done, total) -> assertTrue(done <= total),
        (_, _) -> {});
  }

  /** What is in an export and must be the same in the next one. */
  static Map<String, String> entriesAndBlobs(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (name.contains("/")) {
          files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  /** What everybody sees, without the numbers of this place and the rest after an import. */
  private static List<String> told(QuietNode node) {
    return Telling.of(node).stream()
        .filter(line -> !line.startsWith("  ssb:") && !line.startsWith("  read up to"))
        .map(line -> line.replaceAll("[0-9]{17,18}", "ID"))
        .map(line -> line.replaceAll("^  (is|read by|follows|blocks) [0-9]+ ", "  $1 "))
        .toList();
  }

  private static Optional<String> resting(QuietNode node) {
    return Optional.ofNullable(node.engine().logs().resting(ANA).get(ScuttlebuttNetwork.ID));
  }

  private static void post(QuietNode node, String text) {
    node.engine()
        .actions()
        .act(
            ANA,
            new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), List.of()));
  }

  private String refusal() {
    return String.valueOf(assertThrows(Refused.class, () -> bring(false)).getMessage());
  }

  private void change(String name, String from, String to) throws IOException {
    Path file = exported.resolve(name);
    String text = Files.readString(file);
    assertTrue(text.contains(from), name + " has no " + from);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
  }

  @Test
  void allOfItComesBackAndIsGivenAwayAgainTheSame() throws Exception {
    Export.Done given = export(data, exported);
    Import.Done taken = bring(false);

    assertEquals(Map.of(), taken.refused());
    assertEquals(given.entries(), taken.taken());
    assertEquals(2, taken.blobs());
    export(back, place.resolve("again"));
    Map<String, String> first = entriesAndBlobs(exported);
    assertEquals(5, first.size(), () -> first.keySet().toString());
    assertEquals(first, entriesAndBlobs(place.resolve("again")));
    List<String> before;
    try (QuietNode node = open(data)) {
      before = told(node);
    }
    try (QuietNode node = open(back)) {
      assertEquals(before, told(node));
      List<String> views = node.engine().dumpViews();
      node.engine().rebuild((_, _) -> {});
      assertEquals(views, node.engine().dumpViews());
    }
  }

  @Test
  void anIdentityRestsUntilItsOwnerHasLookedAndThenGoesOn() throws Exception {
    export(data, exported);
    bring(false);
    try (QuietNode node = open(back)) {
      assertTrue(resting(node).orElseThrow().startsWith("This Skep was put back"));
      assertThrows(Refusal.class, () -> post(node, "too early"));
      node.engine().actions().resume(ANA, ScuttlebuttNetwork.ID, false);
      post(node, "here again");
      assertEquals(Optional.empty(), resting(node));
    }
  }

  @Test
  void itIsOfOneMomentThoughTheNodeGoesOn() throws Exception {
    try (QuietNode node = open(data)) {
      AtomicBoolean wrote = new AtomicBoolean();
      Export.run(
          data,
          exported,
          PASSPHRASE,
          WORK_FACTOR,
          new SystemRandomness(),
          new SteppingClock(Duration.ofDays(30)),
          (_, _) -> {
            if (wrote.compareAndSet(false, true)) {
              post(node, "written meanwhile");
            }
          });
      assertTrue(wrote.get());
    }
    String messages = Files.readString(exported.resolve("facts/ssb.jsonl"));
    assertFalse(messages.contains("written meanwhile"));
    assertEquals(Map.of(), bring(false).refused());
  }

  @Test
  void itHoldsNoTokensAndNothingPrivateInTheOpen() throws Exception {
    String address = "net:192.0.2.7:8008~shs:aPeerOfHers";
    List<Bytes> secrets;
    try (QuietNode node = open(data)) {
      node.store()
          .write(
              Lane.OWN,
              tx ->
                  tx.run(
                      "INSERT INTO address (account, network, address) VALUES (1, 'ssb', ?)",
                      address));
      secrets =
          node.store()
              .read(tx ->
                  tx.all(
                      row -> row.bytes(0),
                      "SELECT seed FROM account_key UNION SELECT seal FROM account"
                          + " UNION SELECT key FROM content_key"));
    }
    assertTrue(secrets.size() > 3);
    export(data, exported);
    try (Stream<Path> all = Files.walk(exported)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("Dear Cyd, when?"), () -> "a letter in " + file);
        assertFalse(text.contains(address), () -> "an address in " + file);
        for (Bytes secret : secrets) {
          for (String form : List.of(raw(secret), secret.base64(), secret.hex())) {
            assertFalse(text.contains(form), () -> "a key in " + file);
          }
        }
      }
    }
    String opened = opened();
    assertTrue(opened.contains(address));
    for (Bytes secret : secrets) {
      assertTrue(opened.contains(secret.base64()), "what was looked for is what is there");
    }
    Set<String> types =
        opened
            .lines()
            .map(line -> JsonMapper.shared().readTree(line).path("type").asString())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of("account", "key", "identity", "setting", "address", "pin", "content_key", "held"),
        Stream.concat(types.stream(), Stream.of("setting", "pin", "held"))
            .collect(Collectors.toSet()));
    bring(false);
    try (QuietNode node = open(back)) {
      assertEquals(
          Optional.of(0L), node.store().read(tx -> tx.number("SELECT count(*) FROM token")));
    }
  }

  private static String raw(Bytes secret) {
    return new String(secret.toArray(), StandardCharsets.ISO_8859_1);
  }

  private String opened() throws IOException {
    try (InputStream in =
        AgeOpen.begin(Files.newInputStream(exported.resolve("private.age")), PASSPHRASE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Each line: what waits, whose it is and from when on it goes out. */
  private static List<String> held(QuietNode node) {
    return node.store()
        .read(tx ->
            tx.all(
                row -> row.text(0) + " of " + row.number(1) + " at " + row.number(2),
                "SELECT a.foreign_id, h.account, h.due_ms FROM held h"
                    + " JOIN alias a ON a.number = h.operation"));
  }

  @Test
  void whatHasNotGoneOutWaitsOn() throws Exception {
    List<String> waiting;
    try (QuietNode node = open(data)) {
      node.engine().actions().holdBack(ANA, 900);
      post(node, "not before its time");
      waiting = held(node);
    }
    assertEquals(1, waiting.size());
    export(data, exported);
    bring(false);
    try (QuietNode node = open(back)) {
      assertEquals(waiting, held(node));
    }
  }

  @Test
  void aCopyThatIsBroughtBackStaysOne() throws Exception {
    try (QuietNode node = open(data)) {
      node.engine().whereabouts().isCopy();
    }
    export(data, exported);
    bring(false);
    try (QuietNode node = open(back)) {
      assertTrue(resting(node).orElseThrow().startsWith("This is a copy"));
    }
  }

  @Test
  void whatSaysTheSameTwiceIsRefusedAndTheFolderIsFree() throws Exception {
    export(data, exported);
    String lines = opened();
    String first = lines.substring(0, lines.indexOf('\n') + 1);
    sealAnew(first + lines);
    assertEquals("The private part can't be used: it says the same thing twice.", refusal());
    assertEquals(Optional.empty(), Import.unfinished(back));
    sealAnew(lines);
    assertEquals(Map.of(), bring(false).refused());
  }

  @Test
  void aListThatNobodyWouldReadIsNotWritten() throws Exception {
    String name = "x".repeat(65 << 20);
    Manifest list = new Manifest(name, "now", Map.of(), List.of());
    Parcel parcel = Parcel.empty(exported);
    Refused refused = assertThrows(Refused.class, () -> list.writeInto(parcel));
    assertTrue(String.valueOf(refused.getMessage()).contains("more pictures and files"));
    assertFalse(Files.exists(exported.resolve("manifest.json")));
  }

  @Test
  void oneThatWasCutShortIsKnownAndCanBeDeleted() throws Exception {
    export(data, exported);
    Files.delete(exported.resolve("manifest.json"));
    assertTrue(refusal().contains("was cut short"));
    Refused full = assertThrows(Refused.class, () -> export(data, exported));
    assertTrue(String.valueOf(full.getMessage()).contains("is not empty"));
  }

  @Test
  void anotherPassphraseIsRefusedAndNothingIsChanged() throws Exception {
    export(data, exported);
    Refused refused = assertThrows(Refused.class, () -> bring("another one", true));
    assertEquals(
        "The private part can't be opened: the passphrase is another one.", refused.getMessage());
    assertFalse(Files.exists(back));
  }

  @Test
  void whatWasChangedIsRefusedAndTheRestTakenWhereThatIsWanted() throws Exception {
    export(data, exported);
    change("facts/ssb.jsonl", "Hello, #Bees!", "Hello, #Wasps");
    String blob =
        entriesAndBlobs(exported).keySet().stream()
            .filter(name -> name.startsWith("blobs/"))
            .findFirst()
            .orElseThrow();
    Files.writeString(exported.resolve(blob), "spoiled");

    assertTrue(refusal().contains("facts/ssb.jsonl is not as it was written."));
    assertFalse(Files.exists(back));
    Import.Done done = bring(true);

    assertTrue(done.taken() > 0);
    assertEquals(1, done.blobs());
    assertTrue(
        done.refused().keySet().stream().anyMatch(reason -> reason.contains("signature")),
        () -> done.refused().toString());
    try (QuietNode node = open(back)) {
      assertFalse(told(node).toString().contains("Wasps"));
    }
  }

  @Test
  void aPictureThatNobodyWouldKeepIsNotReadAtAll() throws Exception {
    export(data, exported);
    String blob =
        entriesAndBlobs(exported).keySet().stream()
            .filter(name -> name.startsWith("blobs/"))
            .findFirst()
            .orElseThrow();
    long huge = 1L << 40;
    Path list = exported.resolve("manifest.json");
    long length = Files.size(exported.resolve(blob));
    String text = Files.readString(list);
    int at = text.indexOf(blob);
    int from = Math.max(text.lastIndexOf('{', at), 0);
    String file = text.substring(from, text.indexOf('}', at));
    Files.writeString(
        list, text.replace(file, file.replaceFirst("\\b" + length + "\\b", "" + huge)));
    try (FileChannel sparse = FileChannel.open(exported.resolve(blob), StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(new byte[1]), huge - 1);
    }
    assertTrue(refusal().contains("larger than any picture or file that is kept"));
  }

  @Test
  void whatTheDiskDidNotKeepIsLeftOutAndToldAndTheRestIsGivenAway() throws Exception {
    try (QuietNode node = open(data)) {
      node.store()
          .write(
              Lane.OWN,
              tx -> {
                tx.run(
                    "UPDATE fact SET compression = 0, bytes = x'00' WHERE local_seq ="
                        + " (SELECT max(f.local_seq) FROM fact f JOIN alias i"
                        + " ON i.number = f.alias WHERE i.network = 'ssb')");
                // Not packed, so that nothing says that it is damaged before it is to be read.
                return tx.run(
                    "UPDATE fact SET compression = -1, bytes = x'ff' WHERE local_seq ="
                        + " (SELECT min(f.local_seq) FROM fact f JOIN alias i"
                        + " ON i.number = f.alias WHERE i.network = 'home')");
              });
    }

    Export.Done given = export(data, exported);

    assertEquals(2, given.missing().size(), given.missing()::toString);
    assertTrue(given.missing().getFirst().startsWith("Entry 0 of "), given.missing()::toString);
    assertTrue(given.missing().getLast().endsWith(" is damaged on this disk."));
    assertTrue(given.entries() > 5);
    Import.Done done = bring(true);
    assertTrue(done.taken() > 5);
  }

  @Test
  void aHoleInALogIsToldOnce() throws Exception {
    export(data, exported);
    Path messages = exported.resolve("facts/ssb.jsonl");
    List<String> lines = Files.readAllLines(messages);
    Files.write(messages, lines.subList(2, lines.size()));

    Import.Done done = bring(true);

    Map<String, Long> waiting = new TreeMap<>(done.refused());
    waiting.keySet().removeIf(reason -> !reason.contains("waits"));
    assertEquals(
        List.of("an entry waits for others that are missing"), List.copyOf(waiting.keySet()));
    assertTrue(waiting.values().iterator().next() > 1, waiting::toString);
  }

  @Test
  void aPrivatePartWithoutAnybodyIsRefusedAndNothingIsChanged() throws Exception {
    export(data, exported);
    sealAnew("");
    assertEquals("Nobody is in the private part.", refusal());
    assertFalse(Files.exists(back));
  }

  /** As if the export had held other lines. */
  private void sealAnew(String lines) throws IOException {
    Path privates = exported.resolve("private.age");
    String before = "\"sha256\" : \"" + sha256(privates) + "\"";
    long length = Files.size(privates);
    try (OutputStream seal =
        AgeSeal.begin(
            Files.newOutputStream(privates), PASSPHRASE, new SystemRandomness(), WORK_FACTOR)) {
      seal.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    change("manifest.json", before, "\"sha256\" : \"" + sha256(privates) + "\"");
    change("manifest.json", "\"bytes\" : " + length, "\"bytes\" : " + Files.size(privates));
  }

  private static String sha256(Path file) throws IOException {
    return Digests.sha256(Bytes.wrap(Files.readAllBytes(file))).hex();
  }

  @Test
  void aFolderIsAskedFor() throws Exception {
    Files.writeString(exported, "a file");
    Refused refused = assertThrows(Refused.class, () -> export(data, exported));
    assertTrue(String.valueOf(refused.getMessage()).contains("is a file"));
  }

  @Test
  void aListThatNamesSomethingElseIsRefused() throws Exception {
    for (String name :
        List.of("../secret", "/etc/passwd", "facts/../x", "blobs/ab/short", "facts/ssb.jsonl/x")) {
      Path folder = Files.createDirectories(place.resolve("hostile" + name.hashCode()));
      Files.writeString(
          folder.resolve("manifest.json"),
          "{\"format\":\"skep-export-1\",\"files\":[{\"name\":\""
              + name
              + "\",\"bytes\":1,\"sha256\":\"\"}]}");
      exported = folder;
      assertTrue(refusal().contains("names a file that has no place"), name);
    }
    Files.writeString(exported.resolve("manifest.json"), "{\"format\":\"skep-export-2\"}");
    assertTrue(refusal().contains("does not know"));
    Files.writeString(exported.resolve("manifest.json"), "[".repeat(100_000));
    assertTrue(refusal().contains("can't be read"));
  }

  @Test
  void noLinkIsFollowed() throws Exception {
    export(data, exported);
    Path elsewhere = place.resolve("elsewhere");
    Files.move(exported.resolve("facts"), elsewhere);
    Files.createSymbolicLink(exported.resolve("facts"), elsewhere);
    assertTrue(refusal().contains("is missing"));
    Files.delete(exported.resolve("facts"));
    Files.move(elsewhere, exported.resolve("facts"));
    Path file = exported.resolve("facts/ssb.jsonl");
    Files.move(file, place.resolve("kept"));
    Files.createSymbolicLink(file, place.resolve("kept"));
    assertTrue(refusal().contains("is missing"));
  }

  @Test
  void whereSomebodyLivesNothingIsBroughtBack() throws Exception {
    export(data, exported);
    back = data;
    assertTrue(refusal().contains("lives in"));
  }

  @Test
  void oneThatStoppedHalfWayGoesOnAndNoNodeStartsBefore() throws Exception {
    export(data, exported);
    IllegalStateException killed = new IllegalStateException("killed");
    assertEquals(
        killed,
        assertThrows(
            IllegalStateException.class,
            () ->
                Import.run(
                    Config.read(back, Map.of(), Map.of()),
                    exported,
                    PASSPHRASE,
                    false,
                    new SteppingClock(Duration.ofDays(31)),
                    (done, _) -> {
                      if (done > 5) {
                        throw killed;
                      }
                    },
                    (_, _) -> {})));
    Config config = Config.read(back, Map.of("http.port", "0", "ssb.port", "0"), Map.of());
    StoreException refused = assertThrows(StoreException.class, () -> Node.start(config).close());
    assertTrue(String.valueOf(refused.getMessage()).contains("was not finished"));
    assertEquals(
        List.of("An import into " + back + " was not finished"),
        new Doctor(back, Map.of())
            .examine(Optional.empty()).stream()
                .map(finding -> finding.words().replaceFirst(": say.*", ""))
                .filter(words -> words.contains("not finished"))
                .toList());
    Refused half = assertThrows(Refused.class, () -> export(back, place.resolve("half")));
    assertTrue(String.valueOf(half.getMessage()).contains("Not all of it is here yet"));
    assertFalse(Files.exists(place.resolve("half")));

    Import.Done done = bring(false);

    assertTrue(done.known() > 0);
    export(back, place.resolve("again"));
    assertEquals(entriesAndBlobs(exported), entriesAndBlobs(place.resolve("again")));
    Node.start(config).close();
  }

  @Test
  void whatBringsItBackWritesNothingItself() throws Exception {
    export(data, exported);
    Map<String, String> before = entriesAndBlobs(exported);
    byte[] list = Files.readAllBytes(exported.resolve("manifest.json"));
    bring(false);
    assertEquals(before, entriesAndBlobs(exported));
    assertArrayEquals(list, Files.readAllBytes(exported.resolve("manifest.json")));
  }
}
