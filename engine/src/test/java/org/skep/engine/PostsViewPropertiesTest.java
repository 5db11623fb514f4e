package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.skep.kernel.AccountId;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/** One post out of an operation and its faces, in whichever order everything comes. */
class PostsViewPropertiesTest {
  /** Who says what next: a person with a home log, a face in town and one in the village. */
  enum Step {
    HOME_DECLARES_TOWN,
    HOME_DECLARES_VILLAGE,
    TOWN_DECLARES_HOME,
    VILLAGE_DECLARES_HOME,
    OPERATION,
    TOWN_FACE,
    VILLAGE_FACE
  }

  @Provide
  Arbitrary<List<Step>> orders() {
    return Arbitraries.shuffle(Step.values());
  }

  /** Some orders, and which of the facts is older history than those before it. */
  @Provide
  Arbitrary<Tuple2<List<Step>, List<Boolean>>> ordersAndNews() {
    return orders()
        .flatMap(order ->
            Arbitraries.of(true, false)
                .list()
                .ofSize(Step.values().length)
                .map(news -> Tuple.of(order, news)));
  }

  @Property(tries = 25)
  void anOperationAndItsFacesAreOnePostWithTheIdOfTheFirst(
      @ForAll("ordersAndNews") Tuple2<List<Step>, List<Boolean>> life) throws IOException {
    try (Life here = new Life()) {
      for (int i = 0; i < life.get1().size(); i++) {
        here.step(life.get1().get(i), life.get2().get(i));
      }

      List<PostId> posts = here.faces().stream().map(here.node::id).distinct().toList();
      assertEquals(1, posts.size(), "faces of one post: " + posts);
      assertEquals(here.firstId(), posts.getFirst());
      assertEquals(3, here.node.view(here.ana, here.faces().getFirst()).names().size());
      for (PostId before : here.shownIds()) {
        assertEquals(
            posts.getFirst(),
            here.node.engine.reader().post(here.ana, before).orElseThrow().id(),
            "an id that somebody may have kept still leads to the post");
      }
      List<String> dump = here.node.engine.dumpViews();
      here.node.rebuild();
      assertEquals(dump, here.node.engine.dumpViews());
    }
  }

  /** Everything but home's declaration of the village, which claims to be home all the same. */
  @Property(tries = 8)
  void aFaceThatDoesNotDeclareItsOperationsAuthorBackGainsNothing(
      @ForAll("orders") List<Step> order) throws IOException {
    try (Life here = new Life()) {
      for (Step step : order) {
        if (step != Step.HOME_DECLARES_VILLAGE) {
          here.step(step, true);
        }
      }

      assertEquals(here.node.id(here.operation.id()), here.node.id(here.townFace.id()));
      assertNotEquals(
          here.node.id(here.operation.id()),
          here.node.id(here.villageFace.id()),
          "the village claims home, and home does not claim it back");
      assertNotEquals(here.node.person(here.home.name()), here.node.person(here.village.name()));
    }
  }

  @Property(tries = 8)
  void aFaceThatNamesSomebodyElsesOperationIsAPostOfItsOwn(@ForAll("orders") List<Step> order)
      throws IOException {
    try (Life here = new Life()) {
      TestAuthor mallory = new TestAuthor(TestNode.TOWN, "mallory");
      here.node.follow(here.ana, mallory);
      here.node.takes(mallory.declares(here.home.name()));
      TestAuthor.Written stolen =
          mallory.writes(mallory.post("mine", Optional.of(here.operation.id())));
      int when = order.indexOf(Step.OPERATION) / 2;
      for (int i = 0; i < order.size(); i++) {
        if (i == when) {
          here.node.takes(stolen);
        }
        here.step(order.get(i), true);
      }

      PostView own = here.node.view(here.ana, here.operation.id());
      PostView theirs = here.node.view(here.ana, stolen.id());
      assertNotEquals(own.id(), theirs.id());
      assertEquals("mine", theirs.text());
      assertEquals("the operation", own.text().replace("face", "operation"));
      assertEquals(List.of(stolen.id()), theirs.names());
    }
  }

  /** A node, and a person elsewhere who writes on three networks; entries of hers never wait. */
  private static final class Life implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("skep-posts");
    final TestNode node = new TestNode(folder);
    final AccountId ana = node.account("Ana");
    final TestAuthor home = new TestAuthor(NetworkId.HOME, "cleo");
    final TestAuthor town = new TestAuthor(TestNode.TOWN, "cleo");
    final TestAuthor village = new TestAuthor(TestNode.VILLAGE, "cleo");

    /** Logs of their own, so that any order is an order their networks allow. */
    final TestAuthor.Written operation =
        new TestAuthor(NetworkId.HOME, "cleo", "posts").writes(home.post("the operation"));

    final TestAuthor.Written townFace =
        new TestAuthor(TestNode.TOWN, "cleo", "posts")
            .writes(town.post("the face", Optional.of(operation.id())));
    final TestAuthor.Written villageFace =
        new TestAuthor(TestNode.VILLAGE, "cleo", "posts")
            .writes(village.post("the face", Optional.of(operation.id())));
    private final List<PostId> shown = new ArrayList<>();

    Life() throws IOException {
      node.follow(ana, home, town, village);
    }

    List<Ref> faces() {
      return List.of(operation.id(), townFace.id(), villageFace.id());
    }

    void step(Step step, boolean news) {
      switch (step) {
        case HOME_DECLARES_TOWN -> node.takes(home.declares(town.name()));
        case HOME_DECLARES_VILLAGE -> node.takes(home.declares(village.name()));
        case TOWN_DECLARES_HOME -> node.takes(town.declares(home.name()));
        case VILLAGE_DECLARES_HOME -> node.takes(village.declares(home.name()));
        case OPERATION -> publish(operation, news);
        case TOWN_FACE -> publish(townFace, news);
        case VILLAGE_FACE -> publish(villageFace, news);
      }
    }

    private void publish(TestAuthor.Written entry, boolean news) {
      if (news) {
        node.store.write(
            Lane.LIVE,
            tx -> {
              node.facts.checkpoint(tx, entry.entry().author(), "posts", 0);
              return true;
            });
      }
      node.takes(entry);
      shown.add(node.id(entry.id()));
    }

    List<PostId> shownIds() {
      return shown;
    }

    PostId firstId() {
      return shown.getFirst();
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
