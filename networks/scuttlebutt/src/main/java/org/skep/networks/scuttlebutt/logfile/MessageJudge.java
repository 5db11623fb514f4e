package org.skep.networks.scuttlebutt.logfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.SignCap;

/**
 * Says of each message of a file whether Scuttlebutt programs would take it: by its form, its
 * signature and, unless each is judged by itself, its place in its author's feed. Messages of
 * several authors may stand mixed, as long as each author's stand in their order. One thread; the
 * signatures are checked on all cores.
 */
public final class MessageJudge {
  /** Of so many authors the places are followed; some 200 bytes each. */
  public static final int AUTHORS_MAX = 200_000;

  private final ClassicValidator validator;
  private final Tasks tasks;
  private final Chaining chaining;
  private final int authorsMax;
  private final Map<FeedId, FeedState.Head> ends = new HashMap<>();

  /** Whether places in feeds are looked at. */
  public enum Chaining {
    /** Each feed begins with its first message and has no gap. */
    CHAINED,
    /** A file may begin anywhere and leave out what it likes. */
    UNCHAINED
  }

  /** What a message is worth. */
  public sealed interface Verdict {}

  /** It is its author's, and stands where it should. */
  public record Sound(MessageId id) implements Verdict {}

  /**
   * It would be refused. Those that follow it in its feed are refused, too.
   *
   * @param reason in plain words, without anything its writer chose
   */
  public record Refused(String reason) implements Verdict {}

  /**
   * @param signCap the network's, {@link SignCap#NONE} on the main network
   */
  public MessageJudge(SignCap signCap, Chaining chaining, Tasks tasks) {
    this(signCap, chaining, tasks, AUTHORS_MAX);
  }

  MessageJudge(SignCap signCap, Chaining chaining, Tasks tasks, int authorsMax) {
    this.validator = new ClassicValidator(signCap);
    this.chaining = chaining;
    this.tasks = tasks;
    this.authorsMax = authorsMax;
  }

  /**
   * Judges what stands next in the file.
   *
   * @return a verdict for each, in their order
   */
  public List<Verdict> judge(List<MessageFile.Item> next) throws InterruptedException {
    List<Callable<Verdict>> work = new ArrayList<>(next.size());
    for (MessageFile.Item item : next) {
      work.add(() -> alone(item));
    }
    List<Verdict> verdicts = new ArrayList<>(tasks.compute(work));
    if (chaining == Chaining.CHAINED) {
      for (int i = 0; i < verdicts.size(); i++) {
        if (verdicts.get(i) instanceof Sound
            && next.get(i) instanceof MessageFile.Message(ClassicMessage message)) {
          verdicts.set(i, inItsFeed(message));
        }
      }
    }
    return verdicts;
  }

  private Verdict alone(MessageFile.Item item) {
    return switch (item) {
      case MessageFile.Refused(String reason) -> new Refused(reason);
      case MessageFile.Message(ClassicMessage message) ->
          switch (validator.check(message)) {
            case ClassicValidator.Valid _ -> new Sound(message.id());
            case ClassicValidator.Invalid(String reason) -> new Refused(reason);
          };
    };
  }

  private Verdict inItsFeed(ClassicMessage message) {
    Optional<FeedState.Head> end = Optional.ofNullable(ends.get(message.author()));
    long due = end.map(FeedState.Head::sequence).orElse(0L) + 1;
    if (message.sequence() != due) {
      return new Refused(
          "it has place %d in its author's feed, and the file has come to place %d of it"
              .formatted(message.sequence(), due));
    }
    if (!message.previous().equals(end.map(FeedState.Head::id))) {
      return new Refused("it follows another message than the one before it in the file");
    }
    if (end.isEmpty() && ends.size() >= authorsMax) {
      return new Refused(
          "the places of more than %d authors can't be followed".formatted(authorsMax));
    }
    ends.put(message.author(), new FeedState.Head(message.id(), message.sequence()));
    return new Sound(message.id());
  }
}
