package org.skep.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Aliases;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.LogPosition;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.kernel.Verdict;

/**
 * Says what becomes of a checked item, inside the transaction that would keep it: known already?
 * wanted by anybody? the next of its log? What was waiting for it follows at once.
 */
final class Judge {
  private final Facts facts;
  private final Feeds feeds;
  private final Aliases aliases;
  private final Vault vault;
  private final Recorder recorder;
  private final Deferrals deferrals;
  private final Map<NetworkId, Network> networks;
  private final Clock clock;

  Judge(
      Facts facts,
      Feeds feeds,
      Aliases aliases,
      Vault vault,
      Recorder recorder,
      Map<NetworkId, Network> networks,
      Clock clock) {
    this.facts = facts;
    this.feeds = feeds;
    this.aliases = aliases;
    this.vault = vault;
    this.recorder = recorder;
    this.deferrals = new Deferrals(aliases);
    this.networks = networks;
    this.clock = clock;
  }

  Session session(Tx tx) {
    return new Session(tx);
  }

  /** One transaction's judging: what is asked for every item is looked up once. */
  final class Session {
    private final Tx tx;
    private final Set<Long> wanted = new HashSet<>();

    private Session(Tx tx) {
      this.tx = tx;
      for (Vault.Account account : vault.accounts(tx)) {
        wanted.addAll(Circle.of(tx, account.id()).wanted());
      }
    }

    Verdict judge(NewFact item, Origin origin) {
      Verdict verdict = judgeAlone(item, origin);
      if (verdict instanceof Verdict.Accepted) {
        followUp(item);
      }
      return verdict;
    }

    private Verdict judgeAlone(NewFact item, Origin origin) {
      if (facts.has(tx, item.id())) {
        return new Verdict.Duplicate();
      }
      long author = aliases.number(tx, item.author());
      if (!wanted.contains(author)) {
        return new Verdict.Rejected("nobody here follows its author");
      }
      LogPosition position = item.position();
      Optional<Feeds.Head> head = feeds.head(tx, item.author(), position.log());
      if ((position.previousId().isEmpty() && head.isEmpty()) || follows(position, head)) {
        Fact kept = recorder.record(tx, item, isNews(item), origin.peer());
        return new Verdict.Accepted(kept.localId());
      }
      boolean ahead =
          head.map(last -> position.sequence() > last.sequence() + 1)
              .orElse(position.previousId().isPresent());
      if (!ahead) {
        return new Verdict.Rejected(
            "another entry stands at place " + position.sequence() + " of this log already");
      }
      return deferrals.defer(tx, item, origin, clock.wallMillis())
          ? new Verdict.Deferred("the entries before place " + position.sequence())
          : new Verdict.Rejected("too much from this side waits already");
    }

    private static boolean follows(LogPosition position, Optional<Feeds.Head> head) {
      return head.map(last ->
              position.sequence() == last.sequence() + 1
                  && position.previousId().equals(Optional.of(last.id())))
          .orElse(false);
    }

    /** News is what lies beyond the end of the history that was there when we first asked. */
    private boolean isNews(NewFact item) {
      Ref author = item.author();
      return feeds
          .checkpoint(tx, author, item.position().log())
          .map(end -> item.position().sequence() > end)
          .orElse(false);
    }

    private void followUp(NewFact kept) {
      LogPosition end = kept.position();
      while (true) {
        Optional<Deferrals.Waiting> next = deferrals.take(tx, kept.author(), end);
        if (next.isEmpty()) {
          return;
        }
        Network network = networks.get(next.get().network());
        if (network == null
            || !(network.check(next.get().bytes()) instanceof Checked.Sound sound)) {
          continue;
        }
        if (judgeAlone(sound.fact(), next.get().origin()) instanceof Verdict.Accepted) {
          end = sound.fact().position();
        }
      }
    }
  }
}
