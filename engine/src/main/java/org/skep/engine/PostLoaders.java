package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent.PostPublished;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Kept;
import org.skep.kernel.Tx;

/**
 * Where posts are put together from: the views, which say where a post stands, and the facts, which
 * alone have its words. Any thread.
 */
record PostLoaders(Aliases aliases, Facts facts, Interpreter interpreter) {
  /** What shows posts to one account within one transaction. */
  PostLoader in(Tx tx, Circle circle) {
    return new PostLoader(tx, this, circle);
  }

  /**
   * A post as it was said first.
   *
   * @param fact the one that says it
   */
  record Said(Fact fact, PostPublished post) {}

  /**
   * Reads again what a fact says.
   *
   * @return empty when the fact was let go of or is damaged
   */
  Optional<Said> said(Tx tx, long localSeq) {
    List<Kept> kept = facts.after(tx, localSeq - 1, 1);
    return kept.stream()
        .filter(one -> one.localSeq() == localSeq)
        .flatMap(one -> one instanceof Fact fact ? said(tx, fact).stream() : Stream.empty())
        .findFirst();
  }

  private Optional<Said> said(Tx tx, Fact fact) {
    return interpreter.events(fact, facts.contentKeys(tx, fact.localSeq())).stream()
        .flatMap(event -> event instanceof PostPublished post ? Stream.of(post) : Stream.empty())
        .map(post -> new Said(fact, post))
        .findFirst();
  }
}
