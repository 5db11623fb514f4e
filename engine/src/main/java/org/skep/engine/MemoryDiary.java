package org.skep.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;
import org.skep.kernel.Diary;
import org.skep.kernel.Ref;

/**
 * A diary in memory: a page for each account, author and peer, so many of them and no more. It is
 * not kept on disk, because a first sync would write it thousands of times a minute, and because
 * after a start every peer is asked anew, which fills it again. Any thread.
 */
public final class MemoryDiary implements Diary {
  /** Some 300 bytes each, so that an account has at most 6 MB. */
  static final int PAGES_PER_ACCOUNT_MAX = 20_000;

  /** Peers come at no cost; what strangers say of a log must not push everything else out. */
  static final int PEERS_PER_AUTHOR_MAX = 8;

  static final int REASON_CHARS_MAX = 300;

  /**
   * An entry's number, and when it was spoken of.
   *
   * @param atMillis since 1970
   */
  public record Mark(long sequence, long atMillis) {}

  /**
   * What went wrong last.
   *
   * @param reason a part of a sentence; may hold the peer's own words
   */
  public record Trouble(String reason, long atMillis) {}

  /**
   * How it went with one peer.
   *
   * @param has up to which entry it says it has the log; empty when it never spoke of it
   * @param declined whether it said last that it does not want the log
   * @param asked after which entry it was asked last
   * @param spared whether since then it was told to send nothing
   * @param entries how many entries of its were kept
   * @param came the last of these
   * @param trouble what went wrong since
   */
  public record Page(
      Ref peer,
      Optional<Mark> has,
      boolean declined,
      Optional<Mark> asked,
      boolean spared,
      long entries,
      Optional<Mark> came,
      Optional<Trouble> trouble) {

    private static Page fresh(Ref peer) {
      return new Page(
          peer,
          Optional.empty(),
          false,
          Optional.empty(),
          false,
          0,
          Optional.empty(),
          Optional.empty());
    }

    private Page after(Happening what, long now) {
      return switch (what) {
        case Happening.Asked(long after) ->
            new Page(
                peer,
                has,
                declined,
                Optional.of(new Mark(after, now)),
                false,
                entries,
                came,
                trouble);
        case Happening.Spared() ->
            new Page(peer, has, declined, asked, true, entries, came, trouble);
        case Happening.Has(long sequence) ->
            new Page(
                peer,
                Optional.of(new Mark(sequence, now)),
                false,
                asked,
                spared,
                entries,
                came,
                trouble);
        case Happening.Declined() ->
            new Page(peer, Optional.empty(), true, asked, spared, entries, came, trouble);
        // Whoever delivers has made good what went wrong before.
        case Happening.Came(int more, long upTo) ->
            new Page(
                peer,
                has,
                declined,
                asked,
                spared,
                entries + more,
                Optional.of(new Mark(upTo, now)),
                Optional.empty());
        case Happening.Failed(String reason) ->
            new Page(
                peer,
                has,
                declined,
                asked,
                spared,
                entries,
                came,
                Optional.of(new Trouble(bounded(reason), now)));
      };
    }

    private static String bounded(String reason) {
      return reason.codePointCount(0, reason.length()) <= REASON_CHARS_MAX
          ? reason
          : reason.substring(0, reason.offsetByCodePoints(0, REASON_CHARS_MAX)) + "…";
    }
  }

  /** One account's pages by author and peer; what was written last stands last in both. */
  private static final class Book {
    private final SequencedMap<Ref, SequencedMap<Ref, Page>> authors = new LinkedHashMap<>();
    private int pages;
  }

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, Book> books = new HashMap<>();

  MemoryDiary(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void happened(AccountId account, Ref author, Ref peer, Happening what) {
    long now = clock.wallMillis();
    lock.lock();
    try {
      Book book = books.computeIfAbsent(account, _ -> new Book());
      SequencedMap<Ref, Page> pages = book.authors.remove(author);
      if (pages == null) {
        pages = new LinkedHashMap<>();
      }
      book.authors.putLast(author, pages);
      Page before = pages.remove(peer);
      if (before == null) {
        before = Page.fresh(peer);
        book.pages += 1 - makeRoom(pages);
      }
      pages.putLast(peer, before.after(what, now));
      while (book.pages > PAGES_PER_ACCOUNT_MAX) {
        book.pages -= book.authors.pollFirstEntry().getValue().size();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops a page where there are too many: the oldest of a peer that never brought anything, else
   * the oldest.
   *
   * @return how many were dropped
   */
  private static int makeRoom(SequencedMap<Ref, Page> pages) {
    if (pages.size() < PEERS_PER_AUTHOR_MAX) {
      return 0;
    }
    Iterator<Page> all = pages.values().iterator();
    while (all.hasNext()) {
      if (all.next().came().isEmpty()) {
        all.remove();
        return 1;
      }
    }
    pages.pollFirstEntry();
    return 1;
  }

  /** How it went with each peer about an author's log, for one account; the latest first. */
  List<Page> pages(AccountId account, Ref author) {
    lock.lock();
    try {
      Book book = books.get(account);
      SequencedMap<Ref, Page> pages = book == null ? null : book.authors.get(author);
      return pages == null ? List.of() : new ArrayList<>(pages.values()).reversed();
    } finally {
      lock.unlock();
    }
  }
}
