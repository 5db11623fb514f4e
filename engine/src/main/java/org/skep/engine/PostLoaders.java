package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent;
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
  private static final System.Logger LOG = System.getLogger(PostLoaders.class.getName());

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
   * Reads again what a post said first: by the fact that came first, or where that can't be read by
   * another face of the same.
   *
   * @param localSeq the fact that came first
   * @return empty when all of them were let go of or are damaged
   */
  Optional<Said> said(Tx tx, long post, long localSeq) {
    return said(tx, localSeq)
        .or(() ->
            tx
                .all(
                    row -> row.number(0),
                    "SELECT t.local_seq FROM {posts.face} f JOIN fact t ON t.alias = f.alias"
                        + " WHERE f.post = ? AND t.local_seq <> ? ORDER BY t.local_seq",
                    post,
                    localSeq)
                .stream()
                .flatMap(other -> said(tx, other).stream())
                .findFirst());
  }

  private Optional<Said> said(Tx tx, long localSeq) {
    List<Kept> kept = facts.after(tx, localSeq - 1, 1);
    return kept.stream()
        .filter(one -> one.localSeq() == localSeq)
        .flatMap(one -> one instanceof Fact fact ? said(tx, fact).stream() : Stream.empty())
        .findFirst();
  }

  private Optional<Said> said(Tx tx, Fact fact) {
    return events(tx, fact).stream()
        .flatMap(event -> event instanceof PostPublished post ? Stream.of(post) : Stream.empty())
        .map(post -> new Said(fact, post))
        .findFirst();
  }

  /** A fault of ours in reading one record does not keep a page of others from being shown. */
  private List<DomainEvent> events(Tx tx, Fact fact) {
    try {
      return interpreter.events(fact, facts.contentKeys(tx, fact.localSeq()));
    } catch (RuntimeException | StackOverflowError e) {
      if (!Projections.isOfTheFact(e)) {
        throw e;
      }
      // Each time somebody looks; whoever builds the views anew tells it once.
      LOG.log(System.Logger.Level.DEBUG, fact.content().id() + " is shown without its words", e);
      return List.of();
    }
  }
}
