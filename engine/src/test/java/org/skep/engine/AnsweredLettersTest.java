package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;

/** Whom an answer goes to, and of what it speaks to them. */
class AnsweredLettersTest extends LettersHere {
  private static final Ref EVE = new Ref(TestNode.TOWN, "@eve");

  private static List<Ref> names(List<Target> targets) {
    return targets.stream().map(target -> target.names().getFirst()).toList();
  }

  private List<Ref> readers(Intent.Letter letter) {
    return letter.readers().stream().flatMap(one -> one.on(TestNode.TOWN).stream()).toList();
  }

  private Intent.Letter answer(TestAuthor.Written letter, Ref... to) {
    return compose(ana, "an answer", Optional.of(node.id(letter.id())), to);
  }

  @Test
  void anAnswerNamesOnlyLettersThatAllItsReadersHave() {
    TestAuthor.Written first = letter("for both", Optional.empty(), ana, bo);
    TestAuthor.Written aside = letter("for ana alone", Optional.of(first.id()), ana);
    node.takes(first, aside);
    awaitTried(first, aside);
    Intent.Letter toBoth = answer(first);
    assertEquals(List.of(first.id()), names(toBoth.reply().orElseThrow().tips()));
    Intent.Letter toCarol = answer(aside);
    assertEquals(List.of(aside.id()), names(toCarol.reply().orElseThrow().tips()));
  }

  @Test
  void whatIsForAnybodyDoesNotNameTheLetterThatItsQuestionAnswered() {
    TestAuthor.Written mine = letter("for ana", Optional.empty(), ana);
    List<Ref> eve = List.of(EVE);
    TestAuthor.Written hers = sealed(eve, carol.sealedPost("for eve", Optional.empty(), eve));
    node.takes(mine, hers);
    awaitTried(mine, hers);
    for (TestAuthor.Written letter : List.of(mine, hers)) {
      TestAuthor.Written open = carol.replies(letter.id(), letter.id(), "openly");
      node.takes(open);
      Intent.Reply reply = node.engine.composer().reply(ana, node.id(open.id()));
      assertEquals(List.of(open.id()), reply.root().names());
      assertEquals(List.of(open.id()), names(reply.tips()));
    }
  }

  /** What she sees is whom it is for; and she does not see whom she blocks. */
  @Test
  void anAnswerDoesNotGoToWhomOneBlocks() {
    List<Ref> all = List.of(town(ana), town(bo), EVE);
    TestAuthor.Written letter = sealed(all, carol.sealedPost("for all", Optional.empty(), all));
    node.takes(letter);
    awaitTried(letter);
    assertEquals(3, readers(answer(letter)).size());
    node.relate(ana, EVE, FollowState.BLOCKING);
    List<Ref> left = readers(answer(letter));
    assertEquals(2, left.size());
    assertTrue(left.containsAll(List.of(carol.name(), town(bo))), left.toString());
    Refusal named = assertThrows(Refusal.class, () -> answer(letter, EVE));
    assertEquals(
        "you block somebody this letter is for; leave her out, or unblock her", named.getMessage());
    assertThrows(Refusal.class, () -> compose(ana, "dear eve", Optional.empty(), EVE));
  }

  @Test
  void aLetterToWhomOneBlocksSinceIsAnsweredByNobody() {
    PostId mine = write(ana, "dear eve", Optional.empty(), EVE);
    node.relate(ana, EVE, FollowState.BLOCKING);
    Refusal refusal =
        assertThrows(Refusal.class, () -> compose(ana, "once more", Optional.of(mine)));
    assertEquals("you block everybody whom this letter was for", refusal.getMessage());
    PostId note = write(ana, "to myself", Optional.empty());
    assertEquals(List.of(), compose(ana, "once more", Optional.of(note)).readers());
  }

  @Test
  void beginningsOfMentionsCostNoMoreThanTheirNumber() {
    String text = "[@eve](".repeat(100_000) + " [@eve](@eve)";
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertEquals(1, node.engine.composer().mentions(text).size()));
  }
}
