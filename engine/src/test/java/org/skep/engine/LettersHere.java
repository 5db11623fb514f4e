package org.skep.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/** Two accounts on one node, and Carol elsewhere, who write letters. */
abstract class LettersHere {
  @TempDir Path folder;
  TestNode node;
  AccountId ana;
  AccountId bo;
  final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");

  @BeforeEach
  final void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    bo = node.account("Bo");
    node.follow(ana, carol);
    node.follow(bo, carol);
  }

  @AfterEach
  final void close() {
    node.close();
  }

  Ref town(AccountId account) {
    return node.identity(account, node.town);
  }

  /** Carol writes to some of us. */
  TestAuthor.Written letter(String text, Optional<Ref> root, AccountId... to) {
    List<Ref> readers = Arrays.stream(to).map(this::town).toList();
    return sealed(readers, carol.sealedPost(text, root, readers));
  }

  TestAuthor.Written sealed(List<Ref> keys, DomainEvent said) {
    return carol.writes(
        TestClock.START_MILLIS - 1_000,
        TestNetwork.TO + keys.stream().map(Ref::id).collect(Collectors.joining(",")),
        said);
  }

  void awaitTried(TestAuthor.Written... letters) {
    Await.until(
        "each key was tried on each letter",
        () ->
            List.of(letters).stream()
                .allMatch(letter ->
                    node.town.tried().stream().filter(letter.id()::equals).count()
                        >= node.store.read(tx -> node.vault.accounts(tx)).size()));
    Await.until("and what opened was taken in", () -> node.engine.unsealing().isResting());
  }

  List<String> letters(AccountId account) {
    return node.engine.letters().conversations(account, Page.newest(40)).stream()
        .map(conversation -> conversation.last().text())
        .toList();
  }

  Intent.Letter compose(AccountId account, String text, Optional<PostId> answered, Ref... to) {
    return node.engine
        .composer()
        .letter(account, List.of(to).stream().map(node::person).toList(), text, answered, "");
  }

  PostId write(AccountId account, String text, Optional<PostId> answered, Ref... to) {
    Actions.Done done = node.engine.actions().act(account, compose(account, text, answered, to));
    return node.id(done.operation().content().id());
  }
}
