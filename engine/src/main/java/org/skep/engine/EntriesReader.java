package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Policy;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;

/**
 * Gives an account the logs it may have, entry by entry as they came: its own and those it wants,
 * as far as each is verified. Of networks whose authors have one log each. Any thread.
 */
public final class EntriesReader {
  /** Read at once. */
  public static final int ENTRIES_MAX = 200;

  /** Given at once; a single entry may be longer. */
  static final int BYTES_MAX = 1 << 20;

  private static final String LOG = "";

  private final Store store;
  private final Feeds feeds;
  private final Policy policy;

  EntriesReader(Store store, Feeds feeds, Policy policy) {
    this.store = store;
    this.feeds = feeds;
    this.policy = policy;
  }

  /**
   * A log of which something is here.
   *
   * @param end the place of its last entry; it begins at 1
   */
  public record Log(Ref author, long end) {}

  /**
   * An entry.
   *
   * @param bytes exactly as it came
   */
  public record Entry(long sequence, Ref id, Bytes bytes) {}

  /** The logs the account may have, its own first, then the nearest. */
  public List<Log> logs(AccountId account, NetworkId network) {
    return store.read(tx -> {
      List<Log> logs = new ArrayList<>();
      for (Ref author : policy.wanted(tx, account, network)) {
        feeds.head(tx, author, LOG).ifPresent(head -> logs.add(new Log(author, head.sequence())));
      }
      return logs;
    });
  }

  /**
   * The next entries of a log, at most {@link #ENTRIES_MAX}.
   *
   * @param sequence they stand after this place; 0 for the beginning
   * @return none at the end of the log, and where the account may not have it
   */
  public List<Entry> after(AccountId account, Ref author, long sequence) {
    List<Fact> facts =
        store.read(tx ->
            policy.isWanted(tx, account, author)
                ? feeds.range(tx, author, LOG, sequence, ENTRIES_MAX)
                : List.of());
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (Fact fact : facts) {
      bytes += fact.content().bytes().length();
      if (bytes > BYTES_MAX && !entries.isEmpty()) {
        break;
      }
      entries.add(
          new Entry(
              fact.content().position().sequence(), fact.content().id(), fact.content().bytes()));
    }
    return entries;
  }
}
