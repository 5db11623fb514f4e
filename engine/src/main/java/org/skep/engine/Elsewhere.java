package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Clock;
import org.skep.kernel.Feeds;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * Watches over own logs: entries of theirs that were not written here make the identity rest until
 * its owner answers, because a second entry at a place of a log can spoil the log for ever. Only
 * what is signed does; what peers merely claim is asked when an identity shall write again. See
 * decision 005.
 */
final class Elsewhere {
  private static final System.Logger LOG = System.getLogger(Elsewhere.class.getName());

  /** Why an identity rests; what comes later is graver. */
  private enum Cause {
    /** It writes; or its network itself has it rest, because it was brought along. */
    NONE,
    /** Entries of its log came back that were not written here. */
    AHEAD,
    /** Two different entries stand at one place of its log. */
    FORKED
  }

  private final Aliases aliases;
  private final Feeds feeds;
  private final Forks forks;
  private final CopyRest copyRest;
  private final Clock clock;

  Elsewhere(Aliases aliases, Feeds feeds, CopyRest copyRest, Clock clock) {
    this.aliases = aliases;
    this.feeds = feeds;
    this.forks = new Forks(aliases);
    this.copyRest = copyRest;
    this.clock = clock;
  }

  /**
   * An entry that somebody brought was taken in at the end of its log.
   *
   * @param network the entry's
   */
  void tookIn(Tx tx, Network network, NewFact entry, String bringer) {
    note(tx, network, entry, bringer, Cause.AHEAD, true);
  }

  /** An entry came before those that it follows; it may wait, or there was no room. */
  void ahead(Tx tx, Network network, NewFact entry, String bringer) {
    note(tx, network, entry, bringer, Cause.AHEAD, false);
  }

  /**
   * An entry can't stand in its log beside what is here.
   *
   * @param place the place of the log at which two different entries are known
   */
  void forked(Tx tx, Network network, NewFact entry, long place, String bringer) {
    boolean fresh = forks.keep(tx, entry, place, bringer, clock.wallMillis());
    note(tx, network, entry, bringer, Cause.FORKED, fresh);
  }

  /**
   * @param fresh whether the entry tells something new wherever it stands; else it does where it
   *     stands farther than all that were known. What was answered once is not asked again.
   */
  private void note(
      Tx tx, Network network, NewFact entry, String bringer, Cause cause, boolean fresh) {
    Optional<Own> own = own(tx, entry.author());
    if (own.isEmpty()) {
      return;
    }
    long author = own.get().identity();
    String log = entry.position().log();
    long sequence = entry.position().sequence();
    Optional<Known> known = known(tx, author, log);
    if (!fresh && sequence <= known.map(Known::sequence).orElse(0L)) {
      return;
    }
    boolean expected = cause == Cause.FORKED || !fresh;
    if (expected && sequence <= known.map(Known::insisted).orElse(0L)) {
      // She knew that it goes so far elsewhere when she went on.
      return;
    }
    // The past of an identity that was brought along or put back is what one waits for.
    boolean awaited = cause == Cause.AHEAD && rests(tx, own.get().account(), network);
    Cause before = known.map(Known::cause).orElse(Cause.NONE);
    Cause now = awaited || before.compareTo(cause) > 0 ? before : cause;
    if (before == Cause.NONE && now != Cause.NONE) {
      LOG.log(
          System.Logger.Level.WARNING,
          "entry {0} of {1} was not written here; the identity rests",
          sequence,
          entry.author());
    }
    tx.run(
        "INSERT INTO elsewhere (author, log, sequence, origin, received_ms, cause)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (author, log) DO UPDATE SET"
            + " sequence = max(sequence, excluded.sequence), origin = excluded.origin,"
            + " received_ms = excluded.received_ms, cause = excluded.cause",
        author,
        log,
        sequence,
        Bringers.number(tx, bringer),
        clock.wallMillis(),
        now.name());
  }

  private boolean rests(Tx tx, AccountId account, Network network) {
    return network.resting(tx, account).isPresent() || copyRest.awaitsOwn(tx, account);
  }

  private record Own(long identity, AccountId account) {}

  /** For whose an author is: an account's, or nobody's here. */
  private record Owner(Ref author) {}

  private Optional<Own> own(Tx tx, Ref author) {
    return tx.once(new Owner(author), () -> Optional.of(readOwn(tx, author))).orElseThrow();
  }

  private Optional<Own> readOwn(Tx tx, Ref author) {
    return aliases
        .find(tx, author)
        .flatMap(identity ->
            tx.first(
                row -> new Own(identity, new AccountId(row.number(0))),
                "SELECT account FROM account_identity WHERE identity = ?",
                identity));
  }

  /**
   * An own log of which something signed is known that was not written here.
   *
   * @param sequence the greatest place of such an entry
   * @param insisted up to which place the owner knew of such entries, or was told by friends'
   *     computers, when she went on nonetheless
   */
  private record Known(long author, String log, long sequence, Cause cause, long insisted) {}

  private static Optional<Known> known(Tx tx, long author, String log) {
    return tx.first(
        row -> new Known(author, log, row.number(0), Cause.valueOf(row.text(1)), row.number(2)),
        "SELECT sequence, cause, insisted FROM elsewhere WHERE author = ? AND log = ?",
        author,
        log);
  }

  private List<Known> known(Tx tx, AccountId account, NetworkId network) {
    return tx
        .all(
            row ->
                new Known(
                    row.number(0),
                    row.text(1),
                    row.number(2),
                    Cause.valueOf(row.text(3)),
                    row.number(4)),
            "SELECT e.author, e.log, e.sequence, e.cause, e.insisted FROM elsewhere e"
                + " JOIN account_identity i ON i.identity = e.author"
                + " WHERE i.account = ? ORDER BY e.author, e.log",
            account.value())
        .stream()
        .filter(log -> aliases.name(tx, log.author()).network().equals(network))
        .toList();
  }

  /** Why nothing is written for the account on a network for now, in plain sentences. */
  Optional<String> resting(Tx tx, AccountId account, Network network) {
    List<String> sentences = new ArrayList<>();
    copyRest.resting(tx, account, network.id()).ifPresent(sentences::add);
    network.resting(tx, account).ifPresent(sentences::add);
    for (Known log : known(tx, account, network.id())) {
      switch (log.cause()) {
        case NONE -> {}
        case AHEAD ->
            sentences.add(
                ("Entries of yours came back that were not written here, up to place %d of your"
                        + " log. That is right where a backup was put back; else another computer"
                        + " writes with your identity. Until you say that all of it is here,"
                        + " nothing new is written.")
                    .formatted(log.sequence()));
        case FORKED ->
            sentences.add(
                "Your log was written at two places at once, so that friends may have another one"
                    + " than this computer. Until you say that it shall go on, nothing new is"
                    + " written.");
      }
    }
    return joined(sentences);
  }

  private static Optional<String> joined(List<String> sentences) {
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  /**
   * What speaks against writing on a network, whether or not the identity rests: of the account's
   * logs more is known than is here, or something else, or another folder writes. In plain
   * sentences; empty when nothing is.
   */
  Optional<String> evidence(Tx tx, AccountId account, Network network) {
    List<String> sentences = new ArrayList<>();
    copyRest.evidence(tx, account, network.id()).ifPresent(sentences::add);
    for (Known log : known(tx, account, network.id())) {
      if (log.cause() == Cause.FORKED) {
        Forks.parting(tx, List.of(log.author()))
            .ifPresent(parting -> sentences.add(twoEntries(tx, network.id(), parting)));
      }
      long end = end(tx, log.author(), log.log());
      if (log.sequence() > end) {
        sentences.add(
            "An entry of yours at place %d exists elsewhere; %s."
                .formatted(log.sequence(), here(end)));
      }
    }
    claim(tx, account, network.id()).ifPresent(sentences::add);
    return joined(sentences);
  }

  private String twoEntries(Tx tx, NetworkId network, Forks.Parting parting) {
    Optional<Long> bringer = aliases.find(tx, new Ref(network, parting.bringer()));
    return ("Two different entries at place %d of your log are known: one is here, the other came"
            + " from %s.")
        .formatted(parting.place(), computer(tx, bringer, "another computer"));
  }

  private long end(Tx tx, long author, String log) {
    return feeds.head(tx, aliases.name(tx, author), log).map(Feeds.Head::sequence).orElse(0L);
  }

  private static String here(long end) {
    return end == 0 ? "nothing of your log is here" : "here your log ends at place " + end;
  }

  /** The farthest claim, a friend's before anybody else's: strangers come at no cost. */
  private Optional<String> claim(Tx tx, AccountId account, NetworkId network) {
    List<Claims.Claim> claims =
        Claims.about(tx, account, clock.wallMillis()).stream()
            .filter(claim -> aliases.name(tx, claim.author()).network().equals(network))
            .filter(claim -> claim.sequence() > end(tx, claim.author(), claim.log()))
            .toList();
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    Circle circle = Circle.of(tx, account);
    Optional<Claims.Claim> friends =
        claims.stream().filter(claim -> circle.followed().contains(claim.peer())).findFirst();
    Optional<Claims.Claim> others =
        claims.stream().filter(claim -> !circle.blocked().contains(claim.peer())).findFirst();
    return friends
        .map(claim ->
            said(
                tx,
                claim,
                "%s says that it has your log up to place %d; %s.",
                computer(tx, Optional.of(claim.peer()), "A friend's computer")))
        .or(() ->
            others.map(claim ->
                said(
                    tx,
                    claim,
                    "%s says that it has your log up to place %d, which may be wrong; %s.",
                    "A computer of somebody you don't follow")));
  }

  private String said(Tx tx, Claims.Claim claim, String sentence, String who) {
    return sentence.formatted(who, claim.sequence(), here(end(tx, claim.author(), claim.log())));
  }

  private String computer(Tx tx, Optional<Long> peer, String nameless) {
    PersonLoader people = new PersonLoader(tx, aliases);
    return peer.map(number -> people.load(people.personOf(number)).name())
        .filter(name -> !name.isEmpty())
        .map(name -> name + "'s computer")
        .orElse(nameless);
  }

  /**
   * The owner wants her identity to write again. What was known until now is answered by that and
   * does not make it rest a second time; where she insists, nor does what forks her log no farther
   * than that.
   *
   * @param insist whether she has heard what speaks against it
   * @throws Refusal when it does not rest
   * @throws Unsettled when something speaks against it, and she does not insist
   */
  void answer(Tx tx, AccountId account, Network network, boolean insist) {
    if (resting(tx, account, network).isEmpty()) {
      throw new Refusal("nothing of yours rests there");
    }
    Optional<String> against = insist ? Optional.empty() : evidence(tx, account, network);
    if (against.isPresent()) {
      throw new Unsettled(
          against.get()
              + " Who goes on before all of it is here puts two different entries at one place,"
              + " and friends who have the other one take nothing from you any more.");
    }
    tx
        .all(
            row -> row.number(0),
            "SELECT identity FROM account_identity WHERE account = ?",
            account.value())
        .stream()
        .filter(identity -> aliases.name(tx, identity).network().equals(network.id()))
        .forEach(identity -> {
          tx.run(
              "UPDATE elsewhere SET cause = ?, insisted = iif(?, max(sequence, insisted), insisted)"
                  + " WHERE author = ?",
              Cause.NONE.name(),
              insist,
              identity);
          if (insist) {
            reckonWithClaims(tx, account, identity);
          }
          Claims.forget(tx, identity);
        });
    copyRest.answered(tx, account, network.id());
  }

  /**
   * What a friend's computer says to have will come, and whoever insists was told of it. A
   * stranger's number would only keep the alarm from ringing.
   */
  private void reckonWithClaims(Tx tx, AccountId account, long identity) {
    Set<Long> friends = Circle.of(tx, account).followed();
    Claims.about(tx, account, clock.wallMillis()).stream()
        .filter(claim -> claim.author() == identity && friends.contains(claim.peer()))
        .forEach(claim ->
            tx.run(
                "INSERT INTO elsewhere (author, log, sequence, origin, received_ms, cause,"
                    + " insisted) VALUES (?, ?, 0, ?, ?, ?, ?) ON CONFLICT (author, log)"
                    + " DO UPDATE SET insisted = max(insisted, excluded.insisted)",
                identity,
                claim.log(),
                Bringers.number(tx, aliases.name(tx, claim.peer()).id()),
                clock.wallMillis(),
                Cause.NONE.name(),
                claim.sequence()));
  }
}
