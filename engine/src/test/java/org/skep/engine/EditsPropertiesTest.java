package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.skep.kernel.AccountId;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.NetworkId;

/**
 * Words, new words and tombstones of one person's two faces, in whichever order everything comes.
 */
class EditsPropertiesTest {
  private static final long THEN = TestClock.START_MILLIS - 100_000;

  /** What a person with a home log and a face in town says. */
  enum Step {
    HOME_DECLARES_TOWN,
    TOWN_DECLARES_HOME,
    OPERATION,
    FACE,
    EDIT,
    FACE_OF_EDIT,
    LATER_EDIT_IN_TOWN,
    SOMEBODY_ELSES_EDIT,
    TOMBSTONE
  }

  @Provide
  Arbitrary<List<Step>> orders() {
    return Arbitraries.shuffle(Step.values());
  }

  @Property(tries = 25)
  void theNewestWordsOfTheAuthorCount(@ForAll("orders") List<Step> order) throws IOException {
    try (Life here = new Life()) {
      order.stream().filter(step -> step != Step.TOMBSTONE).forEach(here::step);

      PostView post = here.node.view(here.ana, here.said(Step.OPERATION).id());
      assertEquals(post.id(), here.node.id(here.said(Step.FACE).id()));
      assertEquals("later", post.text());
      List<String> history =
          here.node.engine.reader().history(here.ana, post.id()).stream()
              .map(PostView.Version::text)
              .toList();
      assertEquals(List.of("anew", "later"), history.subList(1, history.size()));
      here.assertRebuildGivesTheSame();
    }
  }

  @Property(tries = 25)
  void whatWasTakenBackStandsNowhere(@ForAll("orders") List<Step> order) throws IOException {
    try (Life here = new Life()) {
      order.forEach(here::step);

      assertEquals(List.of(), here.node.home(here.ana));
      assertTrue(
          Stream.of(Step.OPERATION, Step.FACE)
              .allMatch(
                  step -> here.node.engine.reader().postNamed(here.said(step).id()).isEmpty()));
      here.assertRebuildGivesTheSame();
    }
  }

  /** A node, and a person elsewhere; every entry stands in a log of its own. */
  private static final class Life implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("skep-edits");
    final TestNode node = new TestNode(folder);
    final AccountId ana = node.account("Ana");
    private final TestAuthor home = new TestAuthor(NetworkId.HOME, "cleo");
    private final TestAuthor town = new TestAuthor(TestNode.TOWN, "cleo");
    private final TestAuthor eve = new TestAuthor(TestNode.TOWN, "eve");
    private final Map<Step, TestAuthor.Written> said;

    Life() throws IOException {
      node.follow(ana, home, town, eve);
      TestAuthor.Written operation = writes(home, 0, home.post("the words"));
      TestAuthor.Written face =
          writes(town, 1, town.post("the words", Optional.of(operation.id())));
      TestAuthor.Written edit =
          writes(home, 2, home.edit(operation.id(), "anew", Optional.empty(), List.of()));
      said =
          Map.of(
              Step.HOME_DECLARES_TOWN,
              home.declares(town.name()),
              Step.TOWN_DECLARES_HOME,
              town.declares(home.name()),
              Step.OPERATION,
              operation,
              Step.FACE,
              face,
              Step.EDIT,
              edit,
              Step.FACE_OF_EDIT,
              writes(town, 3, town.edit(face.id(), "anew", Optional.of(edit.id()), List.of())),
              Step.LATER_EDIT_IN_TOWN,
              writes(town, 4, town.edit(face.id(), "later", Optional.empty(), List.of())),
              Step.SOMEBODY_ELSES_EDIT,
              writes(eve, 5, eve.edit(face.id(), "hers", Optional.empty(), List.of())),
              Step.TOMBSTONE,
              writes(town, 6, new DomainEvent.Deleted(town.name(), face.id(), false)));
    }

    private static TestAuthor.Written writes(TestAuthor who, long millis, DomainEvent event) {
      String name = who.name().id().substring(1);
      return new TestAuthor(who.name().network(), name, "log " + millis)
          .writes(THEN + millis, "open", event);
    }

    TestAuthor.Written said(Step step) {
      return Objects.requireNonNull(said.get(step));
    }

    void step(Step step) {
      node.takes(said(step));
    }

    void assertRebuildGivesTheSame() {
      List<String> dump = node.engine.dumpViews();
      node.rebuild();
      assertEquals(dump, node.engine.dumpViews());
    }

    @Override
    public void close() throws IOException {
      node.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
