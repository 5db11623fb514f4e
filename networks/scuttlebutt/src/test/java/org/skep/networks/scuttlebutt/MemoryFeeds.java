package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.SignCap;

/**
 * Feeds in memory that take messages in by the engine's order of verdicts: sound? known already?
 * wanted by anybody? the next of its feed? ahead of it? Whoever holds it guards it.
 */
public final class MemoryFeeds {
  private final ClassicValidator validator;
  private final Map<FeedId, List<ClassicMessage>> kept = new LinkedHashMap<>();
  private final Map<FeedId, Map<Long, ClassicMessage>> waiting = new LinkedHashMap<>();

  public MemoryFeeds(SignCap cap) {
    this.validator = new ClassicValidator(cap);
  }

  public List<ClassicMessage> of(FeedId feed) {
    return List.copyOf(kept.getOrDefault(feed, List.of()));
  }

  /** How many messages wait for those before them. */
  public int waiting(FeedId feed) {
    return waiting.getOrDefault(feed, Map.of()).size();
  }

  /** What the next message must follow. */
  public FeedState state(FeedId feed) {
    List<ClassicMessage> log = of(feed);
    return log.isEmpty()
        ? FeedState.EMPTY
        : new FeedState.Head(log.getLast().id(), log.getLast().sequence());
  }

  /** Keeps a message that is known to be the next of its feed. */
  public void keep(ClassicMessage message) {
    kept.computeIfAbsent(message.author(), _ -> new ArrayList<>()).add(message);
  }

  /**
   * @param wanted whether anybody here follows the author
   */
  public Verdict judge(ClassicMessage message, boolean wanted) {
    if (!(validator.check(message) instanceof ClassicValidator.Valid)) {
      return new Verdict.Rejected("the signature is not the author's");
    }
    List<ClassicMessage> log = of(message.author());
    if (log.stream().anyMatch(known -> known.id().equals(message.id()))) {
      return new Verdict.Duplicate();
    }
    if (!wanted) {
      return new Verdict.Unwanted();
    }
    if (isNext(log, message)) {
      keep(message);
      takeUpWhatWaited(message.author());
      return new Verdict.Accepted(message.sequence());
    }
    if (log.isEmpty() || message.sequence() > log.size() + 1) {
      waiting
          .computeIfAbsent(message.author(), _ -> new LinkedHashMap<>())
          .putIfAbsent(message.sequence(), message);
      return new Verdict.Deferred("the entries before");
    }
    return new Verdict.Rejected("another entry stands there already");
  }

  private static boolean isNext(List<ClassicMessage> log, ClassicMessage message) {
    Optional<MessageId> last = log.isEmpty() ? Optional.empty() : Optional.of(log.getLast().id());
    return message.sequence() == log.size() + 1 && message.previous().equals(last);
  }

  private void takeUpWhatWaited(FeedId feed) {
    Map<Long, ClassicMessage> left = waiting.getOrDefault(feed, new LinkedHashMap<>());
    Optional<ClassicMessage> next = Optional.ofNullable(left.remove(of(feed).size() + 1L));
    while (next.isPresent() && isNext(of(feed), next.get())) {
      keep(next.get());
      next = Optional.ofNullable(left.remove(of(feed).size() + 1L));
    }
  }
}
