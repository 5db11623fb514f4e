package org.skep.testkit.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.app.Node;
import org.skep.engine.Page;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Fact;
import org.skep.kernel.Hash;
import org.skep.kernel.Kept;
import org.skep.kernel.Ref;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.wire.crypto.Digests;

/** What must hold of every world when its story has been told. */
final class Afterwards {
  private static final int FACTS_AT_ONCE = 500;

  private final World world;

  /** Which entry stands at a place of a log, over all machines. */
  private final Map<Place, Ref> entries = new HashMap<>();

  /** What was found sound on a machine is so on all. */
  private final Set<Bytes> sound = new HashSet<>();

  Afterwards(World world) {
    this.world = world;
  }

  private record Place(Ref author, String log, long sequence) {}

  /**
   * Looks at all machines, which run.
   *
   * @throws WorldException when something does not hold
   */
  void check() throws InterruptedException {
    for (Machine machine : world.machines()) {
      if (machine.node().isEmpty()) {
        continue;
      }
      Node node = machine.node().get();
      List<Fact> facts = facts(machine, node);
      facts.forEach(fact -> checkEntry(machine, fact));
      checkFiles(machine, node);
    }
    Machine any = world.machines().get(world.random().nextInt(world.machines().size()));
    if (any.node().isPresent()) {
      checkViews(any, any.node().get());
    }
    for (Person person : world.people()) {
      Node node = person.machine().node().orElseThrow();
      checkWords(person, facts(person.machine(), node));
      checkBlocks(person, node);
    }
  }

  private static List<Fact> facts(Machine machine, Node node) {
    SqliteFacts facts = new SqliteFacts(node.store(), new SqliteAliases());
    List<Fact> all = new ArrayList<>();
    long[] after = new long[1];
    List<Kept> some;
    do {
      some = node.store().read(tx -> facts.after(tx, after[0], FACTS_AT_ONCE));
      for (Kept kept : some) {
        if (!(kept instanceof Fact fact)) {
          throw new WorldException(machine.name() + " has a damaged record");
        }
        all.add(fact);
        after[0] = fact.localSeq();
      }
    } while (!some.isEmpty());
    return all;
  }

  private void checkEntry(Machine machine, Fact fact) {
    Place place =
        new Place(
            fact.content().author(),
            fact.content().position().log(),
            fact.content().position().sequence());
    Ref before = entries.putIfAbsent(place, fact.content().id());
    boolean liar = world.liars().contains(place.author());
    if (before != null && !before.equals(fact.content().id()) && !liar) {
      throw new WorldException("a log is forked: " + place + " is two entries");
    }
    if (place.author().network().equals(ScuttlebuttNetwork.ID)
        && sound.add(fact.content().bytes())
        && !(ClassicCodec.parse(fact.content().bytes()) instanceof ClassicCodec.Parsed parsed
            && new ClassicValidator(SignCap.NONE).check(parsed.message())
                instanceof ClassicValidator.Valid)) {
      throw new WorldException(machine.name() + " keeps a bad entry: " + place);
    }
  }

  private static void checkViews(Machine machine, Node node) throws InterruptedException {
    List<String> before = node.dumpViews();
    node.rebuild();
    List<String> after = node.dumpViews();
    if (!before.equals(after)) {
      throw new WorldException(
          "the views of %s are not those of a rebuild: %s"
              .formatted(machine.name(), difference(before, after)));
    }
  }

  /** A file is what its name says. */
  private static void checkFiles(Machine machine, Node node) {
    List<Blobs.BlobInfo> files =
        node.store()
            .read(tx ->
                tx.all(
                    row -> new Blobs.BlobInfo(new Hash(row.bytes(0)), row.number(1)),
                    "SELECT hash, length_bytes FROM blob ORDER BY number"));
    for (Blobs.BlobInfo file : files) {
      Bytes content = node.blobs().read(file.hash(), 0, Math.toIntExact(file.lengthBytes()));
      if (!new Hash(Digests.sha256(content)).equals(file.hash())) {
        throw new WorldException(machine.name() + " has a file that is not what its name says");
      }
    }
  }

  private static String difference(List<String> before, List<String> after) {
    Set<String> only = new HashSet<>(before);
    only.removeAll(Set.copyOf(after));
    Set<String> rebuilt = new HashSet<>(after);
    rebuilt.removeAll(Set.copyOf(before));
    return "before only "
        + only.stream().sorted().limit(5).toList()
        + ", rebuilt only "
        + rebuilt.stream().sorted().limit(5).toList();
  }

  /** What somebody was told is kept stands in her log, once. */
  private static void checkWords(Person person, List<Fact> facts) {
    List<String> own =
        facts.stream()
            .filter(fact -> fact.content().author().equals(person.feed()))
            .map(fact -> fact.content().bytes().utf8())
            .toList();
    for (String words : person.said()) {
      long times = own.stream().filter(entry -> says(entry, words)).count();
      if (times != 1) {
        throw new WorldException(
            person.name() + " said “" + words + "”, and it is in her log " + times + " times");
      }
    }
  }

  /** Whether an entry is a post of these words; what it links to stands behind them. */
  private static boolean says(String entry, String words) {
    return entry.contains('"' + words + '"') || entry.contains('"' + words + "\\n");
  }

  /** Nothing of somebody who is blocked is seen. */
  private static void checkBlocks(Person person, Node node) {
    List<PersonView> blocked = node.engine().reader().blocking(person.account());
    List<PostView> seen = new ArrayList<>();
    seen.addAll(node.engine().reader().home(person.account(), Page.newest(Page.LIMIT_MAX)));
    seen.addAll(node.engine().reader().around(person.account(), Page.newest(Page.LIMIT_MAX)));
    for (PostView post : seen) {
      if (blocked.stream().anyMatch(each -> each.id().equals(post.author().id()))) {
        throw new WorldException(
            person.name() + " sees what somebody says whom she blocked: " + post.text());
      }
    }
  }
}
