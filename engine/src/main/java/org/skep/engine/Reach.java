package org.skep.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.FollowState;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Whose logs an account wants to have: its own (no step away), those of people it follows (one),
 * and those of whom they follow (two), as far as the account chose. Whom it blocks it does not
 * want, nor who says in public that she blocks it. Of friends' friends there are those whom more of
 * its friends follow than block.
 */
final class Reach {
  /** As other programs have it. */
  static final int HOPS_DEFAULT = 2;

  static final int HOPS_MAX = 2;

  /** How many logs of friends' friends are asked for at most: those of most friends. */
  static final int AUTHORS_MAX = 20_000;

  private static final String SETTING = "reach.hops";

  private final Aliases aliases;
  private final Vault vault;

  Reach(Aliases aliases, Vault vault) {
    this.aliases = aliases;
    this.vault = vault;
  }

  int hops(Tx tx, AccountId account) {
    return vault.setting(tx, account, SETTING).map(Integer::parseInt).orElse(HOPS_DEFAULT);
  }

  /**
   * @throws Refusal when it is not 0 to {@link #HOPS_MAX}
   */
  void setHops(Tx tx, AccountId account, int hops) {
    if (hops < 0 || hops > HOPS_MAX) {
      throw new Refusal("so far one can reach from 0 to " + HOPS_MAX + " steps");
    }
    vault.set(tx, account, SETTING, Integer.toString(hops));
  }

  /** Everybody's identities, the nearest first. */
  Set<Long> of(Tx tx, AccountId account) {
    Circle circle = Circle.of(tx, account);
    int hops = hops(tx, account);
    Set<Long> reached = new LinkedHashSet<>(circle.own());
    if (hops >= 1) {
      reached.addAll(circle.followed());
    }
    if (hops >= 2) {
      reached.addAll(friendsOfFriends(tx, circle.followed()));
    }
    reached.removeAll(circle.blocked());
    reached.removeAll(blockers(tx, circle.own()));
    return reached;
  }

  /** The account itself and those it follows: whose pictures and files it keeps. */
  Set<Long> near(Tx tx, AccountId account) {
    Circle circle = Circle.of(tx, account);
    Set<Long> near = new LinkedHashSet<>(circle.own());
    if (hops(tx, account) >= 1) {
      near.addAll(circle.followed());
    }
    near.removeAll(circle.blocked());
    near.removeAll(blockers(tx, circle.own()));
    return near;
  }

  /** Whom more of these follow than block, those whom most follow first. */
  static List<Long> friendsOfFriends(Tx tx, Set<Long> friends) {
    return tx.all(
        row -> row.number(0),
        "SELECT also.identity FROM (SELECT r.person AS person, sum(r.state = 'FOLLOWING') AS follows"
            + " FROM {relations.relation} r WHERE r.author IN (SELECT value FROM json_each(?))"
            + " AND r.public = 1 GROUP BY r.person"
            + " HAVING sum(r.state = 'FOLLOWING') > sum(r.state = 'BLOCKING')) said"
            + " JOIN {people.person} one ON one.identity = said.person"
            + " JOIN {people.person} also ON also.person = one.person"
            + " ORDER BY said.follows DESC, said.person LIMIT ?",
        Numbers.json(friends),
        AUTHORS_MAX);
  }

  /** Who says in public that she blocks one of these. */
  static Set<Long> blockers(Tx tx, Set<Long> identities) {
    return new LinkedHashSet<>(
        tx.all(
            row -> row.number(0),
            "SELECT author FROM {relations.relation} WHERE public = 1 AND state = ?"
                + " AND person IN (SELECT value FROM json_each(?))",
            FollowState.BLOCKING.name(),
            Numbers.json(identities)));
  }

  /** What one transaction asks of single authors; what is the same for all is looked up once. */
  Asking asking(Tx tx) {
    return new Asking(tx);
  }

  /** See {@link #asking}. */
  final class Asking {
    private final Tx tx;
    private final Map<Ref, Boolean> answers = new HashMap<>();
    private final Map<AccountId, Circle> circles = new HashMap<>();

    private Asking(Tx tx) {
      this.tx = tx;
    }

    /** Whether any account wants the author's log. */
    boolean isWanted(Ref author) {
      return answers.computeIfAbsent(author, this::ask);
    }

    /**
     * Whether an entry of the author's log is taken from somebody: where any account wants it, and
     * where one would want it, from herself. Who is followed and blocks the account may take that
     * back, and nobody else can say so.
     */
    boolean isTaken(Ref author, Origin from) {
      return isWanted(author)
          || (from.peer().equals(author.id())
              && vault.accounts(tx).stream().anyMatch(account -> wouldWant(account.id(), author)));
    }

    /** Whether the author says in public that she blocks the account, which follows her. */
    boolean wouldWant(AccountId account, Ref author) {
      if (hops(tx, account) == 0) {
        return false;
      }
      Circle circle = circles.computeIfAbsent(account, of -> Circle.of(tx, of));
      return aliases
          .find(tx, author)
          .filter(circle.followed()::contains)
          .filter(known -> blocks(known, circle.own()))
          .isPresent();
    }

    /** Whether one account wants the author's log. */
    boolean isWanted(AccountId account, Ref author) {
      Optional<Long> identity = aliases.find(tx, author);
      return identity.filter(Circle.own(tx, account)::contains).isPresent()
          || identity.filter(known -> wants(account, known)).isPresent();
    }

    private boolean ask(Ref author) {
      Optional<Long> identity = aliases.find(tx, author);
      return identity.isPresent()
          && (isAtHome(identity.get())
              || vault.accounts(tx).stream()
                  .anyMatch(account -> wants(account.id(), identity.get())));
    }

    private boolean isAtHome(long identity) {
      return tx.number("SELECT 1 FROM account_identity WHERE identity = ?", identity).isPresent();
    }

    private boolean wants(AccountId account, long identity) {
      int hops = hops(tx, account);
      if (hops == 0) {
        return false;
      }
      Circle circle = circles.computeIfAbsent(account, of -> Circle.of(tx, of));
      if (circle.blocked().contains(identity) || blocks(identity, circle.own())) {
        return false;
      }
      return circle.followed().contains(identity)
          || (hops >= 2 && isFriendOfFriends(identity, circle.followed()));
    }

    private boolean blocks(long identity, Set<Long> own) {
      return said(identity, own, FollowState.BLOCKING) > 0;
    }

    private long said(long author, Set<Long> persons, FollowState state) {
      return tx.number(
              "SELECT count(*) FROM {relations.relation} WHERE author = ? AND public = 1"
                  + " AND state = ? AND person IN (SELECT value FROM json_each(?))",
              author,
              state.name(),
              Numbers.json(persons))
          .orElse(0L);
    }

    /** As {@link Reach#of} has it: counted for each of her identities by itself. */
    private boolean isFriendOfFriends(long identity, Set<Long> friends) {
      Map<Long, Integer> votes = new HashMap<>();
      record Word(long author, long person, FollowState state) {}
      for (Word word :
          tx.all(
              row -> new Word(row.number(0), row.number(1), FollowState.valueOf(row.text(2))),
              "SELECT r.author, r.person, r.state FROM {people.person} one"
                  + " JOIN {people.person} also ON also.person = one.person"
                  + " JOIN {relations.relation} r ON r.person = also.identity"
                  + " WHERE one.identity = ? AND r.public = 1",
              identity)) {
        if (friends.contains(word.author())) {
          int vote =
              switch (word.state()) {
                case FOLLOWING -> 1;
                case BLOCKING -> -1;
                case NONE -> 0;
              };
          votes.merge(word.person(), vote, Integer::sum);
        }
      }
      return votes.values().stream().anyMatch(sum -> sum > 0);
    }
  }
}
